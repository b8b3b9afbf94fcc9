'use strict';

// Shares a participant's position for one date, by the link in the fragment, as long as the page is open and wanted. The
// phone is asked for its position only after a press, and only while the organizer takes positions; what cannot be sent
// waits in the queue. Stopping and withdrawing forget what waits.
(() => {
  const { element, make, fill, Fault, metres } = Turnout;
  const token = location.hash.slice(1);
  const isSecure = window.isSecureContext && 'geolocation' in navigator;

  const SOONEST = 5000; // between two positions of somebody who moves
  const STEADY = 30000; // between two positions of somebody who does not
  const WITHHELD = 45000; // without a position, the phone keeps it to itself
  const ROUGH = 1000; // metres: what phones give who were told to be imprecise
  const SEND = 5000;
  const REFRESH = 60000;
  const BATCH = 200;

  let language = Turnout.preferred(WORDS);
  let chosen = false;
  let mine = null;
  let fault = null;
  let silence;

  let queue = null;
  let sharing = 'off'; // on, paused
  let epoch = 0; // changes when what was begun before does not count any more
  let watch = null;
  let lock = null;
  let asleep = false; // the screen cannot be kept on
  let problem = null;
  let since = 0; // when the phone was asked for positions
  let last = null; // the newest position that was kept
  let held = null; // one that came too soon after it
  let heard = 0; // when the phone last gave any
  let sentAt = 0;
  let waiting = 0;
  let notBefore = 0; // the server asked for patience until then
  let delay = 0;
  let offline = false;
  let hiddenAt = 0;
  let away = null;
  let eta = null;
  let arrived = false;
  let sending = null;
  let receipt = null; // of the consent that was withdrawn last
  let reading;
  let asked = null; // the travel mode that was chosen before there was a consent

  // ---- words and times

  const words = () => WORDS[language];
  const format = (options) => new Intl.DateTimeFormat(Turnout.region(language), { ...options, timeZone: mine.occurrence.time_zone });
  const time = (text) => format({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(text));
  const clock = (at) => format({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));

  function span() {
    return format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' })
      .formatRange(new Date(mine.occurrence.starts_at), new Date(mine.occurrence.ends_at));
  }

  function ago(at) {
    const seconds = Math.max(0, Math.round((Date.now() - at) / 1000));
    const relative = new Intl.RelativeTimeFormat(Turnout.region(language), { numeric: 'always' });
    return seconds < 120 ? relative.format(-seconds, 'second') : relative.format(-Math.round(seconds / 60), 'minute');
  }

  function length(value) {
    const number = (each, options) => new Intl.NumberFormat(Turnout.region(language), { style: 'unit', ...options }).format(each);
    return value < 1000 ? number(Math.round(value), { unit: 'meter' }) : number(value / 1000, { unit: 'kilometer', maximumFractionDigits: 1 });
  }

  function own() {
    const { event } = mine;
    const translated = language !== event.language && event.translations[language];
    return translated ? { title: translated.title, language } : { title: event.title, language: event.language };
  }

  function say(text, isBad) {
    clearTimeout(silence);
    element('said').textContent = text;
    element('said').classList.toggle('bad', Boolean(isBad));
    if (text && !isBad) silence = setTimeout(() => say(''), 10000);
  }

  const told = (refused) => fill(words()[refused.word], { seconds: refused.seconds });

  // ---- what the date says

  const call = (method, path, more) => Turnout.call(method, path, { token, ...more });
  const participant = (path) => 'participants/' + mine.participant_id + '/' + path;
  const isToCome = () => mine.occurrence.status === 'scheduled' || mine.occurrence.status === 'active';

  // Why nobody takes positions any more; null while they do, or will.
  function ended() {
    if (mine.occurrence.status === 'cancelled') return 'cancelled';
    if (mine.status === 'checked_in') return 'checkedIn';
    if (!isToCome() || mine.status === 'no_show') return 'over';
    if (mine.status === 'denied') return 'denied';
    return null;
  }

  async function load() {
    const answered = await call('GET', 'links/me');
    const before = mine && JSON.stringify(mine);
    mine = answered;
    if (!chosen && mine.locale in WORDS) language = mine.locale;
    if (!mine.consent.granted || ended()) end();
    else follow();
    return JSON.stringify(mine) !== before;
  }

  async function begin() {
    fault = null;
    try {
      await load();
      queue = await Queue.open(mine.participant_id);
      waiting = await queue.count();
      if (!mine.consent.granted) await forget();
      await loadReceipt();
    } catch (e) {
      fault = Turnout.fault(e);
    }
    show();
  }

  // What changed meanwhile: another date, a check-in, a window that opened, a link that was taken back.
  async function refresh() {
    if (!mine || fault || document.querySelector('#page button[disabled]')) return;
    try {
      if ((await load()) && !document.querySelector('#page button[disabled]')) show();
    } catch (e) {
      lose(Turnout.fault(e));
    }
    const begun = epoch;
    if (fault || !mine.consent.granted || !mine.tracking.is_open) return;
    const foretold = await call('GET', 'eta/participants/' + mine.participant_id).catch(() => null);
    if (begun !== epoch || !foretold) return;
    eta = foretold.eta;
    arrived = foretold.arrived;
    if (arrived && sharing === 'on') refreshSoon();
    tick();
  }

  let soon;
  function refreshSoon() {
    clearTimeout(soon);
    soon = setTimeout(refresh, 5000);
  }

  // A link that does not hold any more ends everything; anything else passes.
  function lose(refused) {
    if (![401, 404].includes(refused.status)) return false;
    end();
    forget();
    fault = refused;
    show();
    return true;
  }

  // ---- the phone's position

  function follow() {
    const isWanted = sharing === 'on' && mine.tracking.is_open;
    if (isWanted && watch === null) {
      since = heard = Date.now();
      watch = navigator.geolocation.watchPosition(take, refuse, { enableHighAccuracy: true, maximumAge: 2000 });
      keepAwake();
    } else if (!isWanted && watch !== null) {
      navigator.geolocation.clearWatch(watch);
      watch = null;
      release();
    }
  }

  function take(position) {
    if (sharing !== 'on' || watch === null) return;
    const { latitude, longitude, accuracy, speed, heading } = position.coords;
    heard = Date.now();
    problem = accuracy > ROUGH ? 'rough' : null;
    // Some phones count from another origin; theirs is the time at which they told.
    const taken = Math.abs(position.timestamp - heard) > 24 * 3600 * 1000 ? heard : position.timestamp;
    const at = Math.round(taken + (Turnout.serverTime() - Date.now()));
    const here = { at, latitude, longitude, accuracy };
    const ping = {
      latitude,
      longitude,
      recorded_at: new Date(at).toISOString(),
      accuracy_metres: Number.isFinite(accuracy) ? Math.min(Math.round(accuracy * 10) / 10, 100000) : null,
      speed_metres_per_second: Number.isFinite(speed) && speed >= 0 && speed <= 400 ? Math.round(speed * 100) / 100 : null,
      heading_degrees: Number.isFinite(heading) && heading >= 0 && heading <= 360 ? Math.round(heading) : null,
    };
    const passed = last ? at - last.at : Infinity;
    const isElsewhere = !last || metres(last, here) >= Math.max(10, Math.min(accuracy, 100) / 2);
    held = null;
    if (passed >= STEADY || (passed >= SOONEST && isElsewhere)) accept(here, ping);
    else if (isElsewhere) held = { here, ping };
    tick();
  }

  function accept(here, ping) {
    held = null;
    last = here;
    keep(here.at, ping);
  }

  // The last of several that came in a row is where the phone stays.
  function catchUp() {
    if (held && sharing === 'on' && Turnout.serverTime() - last.at >= SOONEST) accept(held.here, held.ping);
  }

  async function keep(at, ping) {
    const begun = epoch;
    await queue.add(at, ping).catch(() => {});
    // Stopped while it was written: it was not wanted any more.
    if (begun !== epoch) await forget();
    else send();
  }

  function refuse(error) {
    if (error.code === error.PERMISSION_DENIED) problem = 'permission';
    else if (error.code === error.POSITION_UNAVAILABLE) problem = 'unavailablePosition';
    tick();
  }

  // A phone that does not move may say nothing; one that is asked and says nothing withholds.
  function listen() {
    const quiet = Date.now() - heard;
    if (watch === null || problem === 'permission') return;
    if (quiet > STEADY) navigator.geolocation.getCurrentPosition(take, refuse, { enableHighAccuracy: true, timeout: 10000 });
    if (quiet > WITHHELD && problem === null) problem = 'withheld';
  }

  // A reader who allows it after all need not press again.
  async function watchPermission() {
    try {
      const permission = await navigator.permissions.query({ name: 'geolocation' });
      permission.addEventListener('change', () => {
        if (permission.state === 'denied' && sharing === 'on') problem = 'permission';
        if (permission.state === 'granted' && problem === 'permission') problem = null;
        if (permission.state === 'granted' && sharing === 'on' && watch !== null) {
          navigator.geolocation.clearWatch(watch);
          watch = null;
          follow();
        }
        if (mine) tick();
      });
    } catch (e) {
      // Not every browser tells.
    }
  }

  async function keepAwake() {
    if (document.hidden || lock || watch === null) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      asleep = false;
      lock.addEventListener('release', () => { lock = null; });
      if (watch === null) release();
    } catch (e) {
      asleep = true;
    }
    if (mine) tick();
  }

  function release() {
    if (lock) lock.release().catch(() => {});
    lock = null;
  }

  // ---- sending

  async function send() {
    if (!queue || sending || Date.now() < notBefore || sharing === 'off') return;
    const begun = epoch;
    sending = new AbortController();
    try {
      for (;;) {
        const batch = await queue.first(BATCH);
        waiting = await queue.count();
        if (!batch.length || begun !== epoch) break;
        await post(batch, begun);
        if (begun !== epoch) break;
        await queue.remove(batch);
        offline = false;
        delay = 0;
      }
    } catch (e) {
      if (begun === epoch) await unsent(Turnout.fault(e));
    } finally {
      sending = null;
    }
    if (mine && !fault) tick();
  }

  // A batch of which nothing can be taken counts as done: it would not be taken later either.
  async function post(batch, begun) {
    try {
      const answer = await call('POST', participant('locations'), { body: { locations: batch.map(({ ping }) => ping) }, signal: sending.signal });
      if (answer.accepted) sentAt = Date.now();
      if (problem === 'clock') problem = null;
    } catch (e) {
      if (!(e instanceof Fault) || ![400, 409, 422].includes(e.status) || begun !== epoch) throw e;
      if (e.errors.some(({ rule }) => rule === 'future' || rule === 'stale')) problem = 'clock';
      if (e.slug === 'outside_tracking_window') refreshSoon();
    }
  }

  async function unsent(refused) {
    if (lose(refused)) return;
    if (refused.slug === 'consent_missing') {
      end();
      await forget();
      refreshSoon();
      return;
    }
    offline = refused.word === 'offline';
    delay = Math.min(delay ? delay * 2 : 2000, 60000);
    notBefore = Date.now() + Math.max((refused.seconds || 0) * 1000, delay * (0.75 + Math.random() / 2));
  }

  async function forget() {
    waiting = 0;
    if (queue) await queue.clear().catch(() => {});
  }

  // ---- what is pressed

  function end() {
    if (sharing === 'off') return;
    epoch += 1;
    sharing = 'off';
    problem = null;
    last = held = null;
    eta = null;
    away = null;
    sentAt = 0;
    if (sending) sending.abort();
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
    release();
  }

  function start() {
    epoch += 1;
    sharing = 'on';
    problem = null;
    last = held = null;
    away = null;
    receipt = null;
    notBefore = 0;
    follow();
    // Asked now, while somebody looks, though positions are taken only later.
    if (watch === null) navigator.geolocation.getCurrentPosition(() => {}, refuse, { maximumAge: Infinity, timeout: 60000 });
    refreshSoon();
  }

  // One press at a time; the keyboard goes on from the heading.
  async function press(act, done) {
    document.querySelectorAll('#page button').forEach((each) => { each.disabled = true; });
    say('');
    try {
      await act();
      show();
      say(words()[done]);
    } catch (e) {
      const refused = Turnout.fault(e);
      if (refused.word === 'changed') await load().catch(() => {});
      if (!lose(refused)) {
        show();
        say(told(refused), true);
      }
    }
    element(fault ? 'fault' : 'state')?.focus();
  }

  async function consent(granted) {
    const body = { granted };
    if (granted && asked) body.travel_mode = asked;
    const answered = await call('POST', participant('consent'), { body });
    mine.consent = { ...mine.consent, ...answered };
    return answered;
  }

  const share = () => press(async () => {
    if (!mine.consent.granted) await consent(true);
    start();
  }, 'started');

  const pause = () => press(async () => {
    sharing = 'paused';
    follow();
  }, 'paused');

  const goOn = () => press(async () => start(), 'started');

  const stop = () => press(async () => {
    end();
    await forget();
  }, 'stopped');

  const withdraw = () => press(async () => {
    end();
    await forget();
    await consent(false);
    await load();
    await loadReceipt();
  }, 'withdrawn');

  // What was erased, and when that was done: areas report one after the other.
  async function loadReceipt(tries = 24) {
    clearTimeout(reading);
    if (mine.consent.granted || !mine.consent.changed_at) return;
    const { withdrawals } = await call('GET', participant('consent')).catch(() => ({ withdrawals: [] }));
    const [newest] = withdrawals.sort((a, b) => Date.parse(b.withdrawn_at) - Date.parse(a.withdrawn_at));
    const isNews = JSON.stringify(newest) !== JSON.stringify(receipt);
    receipt = newest || null;
    if (isNews && element('withdrawal')) element('withdrawal').parentElement.replaceWith(withdrawal());
    else if (isNews && element('state')) show();
    if (newest && !newest.completed_at && tries) reading = setTimeout(() => { if (!fault) loadReceipt(tries - 1); }, 5000);
  }

  async function travelBy(mode) {
    asked = mode;
    if (!mine.consent.granted) return;
    try {
      await consent(true);
      mine.travel_mode = mode;
      say(words().travelSaid);
    } catch (e) {
      if (!lose(Turnout.fault(e))) say(told(Turnout.fault(e)), true);
    }
  }

  // ---- the page

  const paragraph = (text, attributes) => text && make('p', { text, ...attributes });
  const button = (text, act, isOther) => make('button', { type: 'button', text, act, ...(isOther && { class: 'other' }) });

  function phase() {
    if (ended()) return 'ended';
    if (!isSecure) return 'warned';
    if (sharing === 'off') return 'off';
    if (sharing === 'paused') return 'pausing';
    if (!mine.tracking.is_open) return 'waiting';
    return problem ? 'warned' : 'on';
  }

  const HEADINGS = { off: 'offTitle', pausing: 'pausedTitle', waiting: 'waitingTitle', on: 'onTitle' };

  function heading() {
    const now = phase();
    if (now === 'ended') return words()[ended()].title;
    if (!isSecure) return words().insecure.title;
    return now === 'warned' ? words()[problem].title : words()[HEADINGS[now]];
  }

  function facts() {
    const now = phase();
    const lines = [];
    if (now === 'ended') return [words()[ended()].what];
    if (!isSecure) return [words().insecure.what];
    if (now === 'waiting') lines.push(fill(words().waitingWhat, { from: time(mine.tracking.opens_at) }));
    if (now === 'off' && !mine.tracking.is_open) lines.push(fill(words().notYet, { from: time(mine.tracking.opens_at) }));
    if (now === 'pausing') lines.push(words().pausedWhat);
    if (sharing !== 'off' && last) lines.push(fill(words().lastTaken, { ago: ago(last.at - (Turnout.serverTime() - Date.now())), accuracy: length(last.accuracy) }));
    if (now === 'on' && !last) lines.push(words().looking);
    if (sharing !== 'off' && sentAt) lines.push(fill(words().lastSent, { ago: ago(sentAt) }));
    if (sharing !== 'off' && waiting && (offline || notBefore > Date.now())) lines.push(fill(words().queued, { count: waiting }));
    if (arrived) lines.push(words().arrived);
    else if (now !== 'off' && eta) lines.push(fill(words().eta, { time: clock(eta) }));
    return lines;
  }

  // What keeps positions from being taken, in the reader's hands.
  function notices() {
    const found = [];
    if (phase() === 'warned' && isSecure && problem) found.push([words()[problem].what]);
    if (sharing === 'on' && offline) found.push([words().noNetwork.title, words().noNetwork.what]);
    if (sharing === 'on' && away) found.push([fill(words().away.title, { from: clock(away.from), until: clock(away.until) }), words().away.what]);
    if (phase() === 'on' && asleep) found.push([words().asleep.title, words().asleep.what]);
    return found;
  }

  function state() {
    const section = make('section', { id: 'state-card', class: 'state ' + phase(), 'aria-labelledby': 'state' },
      make('h2', { id: 'state', tabindex: '-1' }),
      make('div', { id: 'facts', class: 'facts' }),
      make('div', { id: 'notices', role: 'alert' }));
    if (ended() || !isSecure) return section;
    if (sharing === 'off') {
      section.append(button(words()[mine.consent.granted ? 'share' : 'agree'], share));
    } else {
      section.append(sharing === 'paused' ? button(words().goOn, goOn) : button(words().pause, pause), button(words().stop, stop, true));
    }
    return section;
  }

  // Each second, without touching what has the focus or what did not change.
  function tick() {
    if (!element('state') || !mine || fault) return;
    element('state-card').className = 'state ' + phase();
    texts(element('state'), heading());
    replace(element('facts'), facts(), (text) => paragraph(text));
    replace(element('notices'), notices(), (block) => make('div', { class: 'notice' }, ...block.map((text) => paragraph(text))));
  }

  function texts(place, text) {
    if (place.textContent !== text) place.textContent = text;
  }

  function replace(place, told, render) {
    const text = JSON.stringify(told);
    if (place.shown === text) return;
    place.shown = text;
    place.replaceChildren(...told.map(render));
  }

  function toWhom() {
    const { event } = mine;
    return fill(words()[event.positions_visible_to === 'participants' ? 'toAll' : 'toOrganizer'], { organizer: event.organizer });
  }

  function what() {
    const names = { organizer: mine.event.organizer, from: time(mine.tracking.opens_at), until: time(mine.tracking.closes_at) };
    return make('section', { 'aria-labelledby': 'what' },
      make('h2', { id: 'what', text: words().whatTitle }),
      mine.event.consent_text && paragraph(mine.event.consent_text, { class: 'told', lang: mine.event.language }),
      make('dl', {},
        make('dt', { text: words().sent }), make('dd', { text: words().sentWhat }),
        make('dt', { text: words().toWhom }), make('dd', { text: toWhom() }),
        make('dt', { text: words().untilWhen }), make('dd', { text: fill(words().untilWhat, names) }),
        make('dt', { text: words().kept }), make('dd', { text: words().keptWhat })));
  }

  function travel() {
    if (!('travel_mode' in mine) || ended()) return null;
    const current = asked || mine.travel_mode;
    const choices = ['car', 'bicycle', 'foot'].map((mode) => {
      const input = make('input', { type: 'radio', name: 'travel_mode', value: mode });
      input.checked = mode === current;
      input.addEventListener('change', () => travelBy(mode));
      return make('label', {}, input, document.createTextNode(words()[mode]));
    });
    return make('fieldset', {},
      make('legend', { text: words().travelTitle }),
      make('p', { text: words().travelWhat }),
      make('div', { class: 'choices' }, ...choices));
  }

  function more() {
    const links = [];
    if (!ended()) links.push([SET_UP, words().setUp]);
    if (mine.event.positions_visible_to === 'participants' && !ended()) links.push(['/live#event=' + mine.event.id + '&link=' + token, words().liveMap]);
    links.push(['/me#' + token, words().myDate]);
    return make('section', { 'aria-labelledby': 'ways' },
      make('h2', { id: 'ways', text: words().moreTitle }),
      !ended() && paragraph(words().moreWhat),
      make('ul', {}, ...links.map(([href, text]) => make('li', {}, make('a', { href, text })))));
  }

  const SET_UP = '/me/set-up#' + token;

  function withdrawal() {
    const { granted, changed_at: changedAt } = mine.consent;
    if (granted) {
      return make('section', { 'aria-labelledby': 'withdrawal' },
        make('h2', { id: 'withdrawal', text: words().withdrawTitle }),
        changedAt && paragraph(fill(words().agreed, { time: time(changedAt) })),
        paragraph(words().withdrawWhat),
        button(words().withdraw, withdraw, true));
    }
    if (!receipt) return null;
    const count = receipt.areas.flatMap(({ rows }) => Object.values(rows)).reduce((sum, each) => sum + each, 0);
    return make('section', { 'aria-labelledby': 'withdrawal' },
      make('h2', { id: 'withdrawal', text: words().withdrawnTitle }),
      paragraph(fill(words().withdrawnWhat, { time: time(receipt.withdrawn_at) })),
      paragraph(receipt.completed_at ? fill(words().erased, { count, time: time(receipt.completed_at) }) : words().erasing),
      paragraph(fill(words().receipt, { id: receipt.id }), { class: 'hint told' }));
  }

  function show() {
    const page = element('page');
    document.documentElement.lang = language;
    element('language-label').textContent = words().language;
    element('language').value = language;
    element('private').textContent = mine && !fault ? words().private : '';
    if (fault) {
      const isGone = fault.word === 'unknown' || fault.word === 'noToken';
      document.title = 'Turnout';
      page.replaceChildren(
        make('h1', { id: 'fault', tabindex: '-1', text: words()[isGone ? 'goneTitle' : 'faultTitle'] }),
        paragraph(told(fault)),
        ...(isGone ? [] : [button(words().again, () => { page.replaceChildren(); begin().then(() => (element('fault') || element('state')).focus()); })]));
      return;
    }
    if (!mine) return;
    const { title, language: said } = own();
    document.title = words().title + ' · ' + title;
    page.replaceChildren(...[
      paragraph(fill(words().kicker, { organizer: mine.event.organizer, name: mine.name }), { class: 'kicker' }),
      make('h1', { text: words().title }),
      make('p', { text: title, class: 'told', lang: said }),
      paragraph(span(), { class: 'hint' }),
      // Who has not agreed yet reads first what to.
      ...(mine.consent.granted ? [state(), what()] : [withdrawal(), what(), state()]),
      travel(),
      mine.consent.granted && withdrawal(),
      more(),
    ].filter(Boolean));
    tick();
  }

  Turnout.chooseLanguage(language, (other) => {
    language = other;
    chosen = true;
    say('');
    show();
  });
  window.addEventListener('hashchange', () => location.reload());
  window.addEventListener('online', () => { notBefore = 0; send(); });
  window.addEventListener('offline', () => { offline = true; if (mine) tick(); });
  window.addEventListener('pagehide', release);
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      hiddenAt = Date.now();
      return;
    }
    // Phones stop pages that nobody sees. Who comes back reads what is missing.
    if (watch !== null && Date.now() - heard > STEADY * 2 && hiddenAt > heard - STEADY) away = { from: heard, until: Date.now() };
    keepAwake();
    refresh();
  });
  setInterval(() => { if (mine && !fault) { listen(); catchUp(); tick(); } }, 1000);
  setInterval(() => { if (mine && !fault) send(); }, SEND);
  setInterval(() => {
    if (!document.hidden || watch !== null) refresh();
  }, REFRESH);

  if (token) {
    show();
    watchPermission();
    begin();
  } else {
    fault = new Fault('noToken');
    show();
  }
})();
