'use strict';

// The page on which a participant lets an app send where they are. The link's token stays in the fragment; what an app
// is given instead can send positions and nothing else, and is shown once. Nothing is stored.
(() => {
  const { element, make, fill, call } = Turnout;
  const token = location.hash.slice(1);
  const REFRESH = 10000;
  const STORES = {
    owntracks: { android: 'https://play.google.com/store/apps/details?id=org.owntracks.android', ios: 'https://apps.apple.com/app/owntracks/id692424691' },
    traccar: { android: 'https://play.google.com/store/apps/details?id=org.traccar.client', ios: 'https://apps.apple.com/app/traccar-client/id843156974' },
  };

  // Why nothing of what a device sent last was taken, in words.
  const REASONS = {
    consent_missing: 'not_consent_missing',
    tracking_window: 'not_tracking_window',
    outside_tracking_window: 'not_outside_tracking_window',
    stale: 'not_stale',
    future: 'not_future',
    encrypted: 'not_encrypted',
  };
  const FAULTS = ['noToken', 'unknown', 'offline', 'later', 'changed'];

  let language = Turnout.preferred(WORDS);
  let chosen = false;
  let mine = null;
  let devices = [];
  let made = null;
  let fault = null;
  let silence;

  const words = () => WORDS[language];
  const path = () => 'participants/' + mine.participant_id + '/devices';

  async function list() {
    const all = [];
    let cursor = '';
    do {
      const page = await call('GET', path() + '?limit=100' + cursor, { token });
      all.push(...page.data);
      cursor = page.next_cursor ? '&cursor=' + encodeURIComponent(page.next_cursor) : null;
    } while (cursor);
    return all.filter((device) => !device.revoked_at);
  }

  async function load() {
    fault = null;
    try {
      mine = await call('GET', 'links/me', { token });
      if (!chosen && mine.locale in WORDS) language = mine.locale;
      devices = await list();
    } catch (e) {
      fault = Turnout.fault(e);
    }
    show();
  }

  // Whether the app has sent meanwhile; what is being read or typed stays.
  async function refresh() {
    if (document.hidden || !mine || fault || document.querySelector('#page button[disabled]')) return;
    const [known, now] = [devices, await list().catch(() => devices)];
    if (known !== devices || JSON.stringify(now) === JSON.stringify(known)) return;
    devices = now;
    element('devices')?.replaceWith(deviceList());
  }

  // ---- words and times

  function format(options) {
    return new Intl.DateTimeFormat(Turnout.region(language), { ...options, timeZone: mine.occurrence.time_zone });
  }

  const time = (text) => format({ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' }).format(new Date(text));

  function ago(text) {
    const minutes = Math.max(0, Math.floor((Turnout.serverTime() - Date.parse(text)) / 60000));
    if (minutes < 2) return words().justNow;
    if (minutes < 60) return new Intl.RelativeTimeFormat(Turnout.region(language)).format(-minutes, 'minute');
    return time(text);
  }

  function title() {
    const translated = language !== mine.event.language && mine.event.translations[language];
    return (translated || mine.event).title;
  }

  const told = (refused) => fill(words()[FAULTS.includes(refused.word) ? refused.word : 'unavailable'], { seconds: refused.seconds });

  function say(text, isBad) {
    clearTimeout(silence);
    element('said').textContent = text;
    element('said').classList.toggle('bad', Boolean(isBad));
    if (text && !isBad) silence = setTimeout(() => say(''), 10000);
  }

  // ---- the page, made of text only

  const paragraph = (text, attributes) => text && make('p', { text, ...attributes });

  const button = (text, act, isOther) => make('button', { type: 'button', text, act, class: isOther && 'other' });

  async function change(work, heading) {
    const buttons = [...document.querySelectorAll('#page button')];
    buttons.forEach((each) => { each.disabled = true; });
    say('');
    try {
      const done = await work();
      devices = await list();
      show();
      say(words()[done]);
    } catch (e) {
      const refused = Turnout.fault(e);
      buttons.forEach((each) => { each.disabled = false; });
      say(refused.status === 409 ? words().tooMany : told(refused), true);
    }
    element(heading)?.focus();
  }

  function add(app) {
    const name = element('name').value.trim() || words().phone;
    change(async () => {
      made = { app, ...await call('POST', path(), { token, body: { name } }) };
      return 'added';
    }, 'made');
  }

  function remove(device) {
    change(async () => {
      await call('DELETE', path() + '/' + device.id, { token });
      if (made && made.id === device.id) made = null;
      return 'removed';
    }, 'devices-title');
  }

  const isOver = () => mine.occurrence.status === 'cancelled' || mine.occurrence.status === 'completed' || mine.status === 'checked_in';

  function what() {
    const values = { organizer: mine.event.organizer, from: time(mine.tracking.opens_at), until: time(mine.tracking.closes_at) };
    return make('div', {},
      paragraph(fill(words().what, values)),
      isOver() && paragraph(words().over, { class: 'bad' }),
      !mine.consent.granted && paragraph(words().noConsent, { class: 'bad' }),
      !mine.consent.granted && make('p', {}, make('a', { href: '/me#' + token, text: words().toConsent })));
  }

  function stores(app) {
    const link = (store) => make('a', { href: STORES[app][store], rel: 'noopener noreferrer', target: '_blank', text: words()[store] });
    return make('p', { class: 'hint' }, words().get + ' ', link('android'), ' · ', link('ios'));
  }

  function choice() {
    return make('section', { 'aria-labelledby': 'choice' },
      make('h2', { id: 'choice', text: words().addTitle }),
      paragraph(words().addWhat),
      make('label', { for: 'name', text: words().name }),
      make('input', { id: 'name', maxlength: '100', autocomplete: 'off', value: words().phone }),
      button(fill(words().setUp, { app: 'OwnTracks' }), () => add('owntracks')),
      stores('owntracks'),
      button(fill(words().setUp, { app: 'Traccar Client' }), () => add('traccar'), true),
      stores('traccar'));
  }

  function value(word, text) {
    return [
      make('dt', { text: words()[word] }),
      make('dd', { class: 'value' }, make('code', { text }), button(words().copy, () => copy(text), true)),
    ];
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(words().copied);
    } catch (e) {
      say(words().notCopied, true);
    }
  }

  function result() {
    const isOwnTracks = made.app === 'owntracks';
    const app = isOwnTracks ? 'OwnTracks' : 'Traccar Client';
    const { apps } = made;
    return make('section', { class: 'made', 'aria-labelledby': 'made' },
      make('h2', { id: 'made', tabindex: '-1', text: fill(words().madeTitle, { name: made.name }) }),
      paragraph(words().once),
      make('a', { class: 'go', href: isOwnTracks ? apps.owntracks_link : apps.traccar_link, text: fill(words().open, { app }) }),
      paragraph(fill(words().scan, { app })),
      make('img', { class: 'code', alt: fill(words().codeOf, { app }), src: 'data:image/svg+xml,' + encodeURIComponent(isOwnTracks ? apps.owntracks_qr : apps.traccar_qr) }),
      paragraph(words().byHand),
      make('dl', {}, ...(isOwnTracks
        ? [...value('mode', 'HTTP'), ...value('url', apps.owntracks_url), ...value('user', 'turnout'), ...value('password', made.token)]
        : [...value('identifier', made.token), ...value('server', apps.traccar_url)])),
      paragraph(words()[isOwnTracks ? 'thenOwnTracks' : 'thenTraccar']),
      make('details', {},
        make('summary', { text: words().others }),
        paragraph(words().othersWhat),
        make('dl', {}, ...value('address', apps.osmand_url))));
  }

  function fate(device) {
    if (!device.last_sent_at) return paragraph(words().neverSent, { class: 'hint' });
    if (!device.last_refusal) return paragraph(fill(words().sent, { ago: ago(device.last_sent_at) }), { class: 'hint' });
    return paragraph(words()[REASONS[device.last_refusal] || 'not_else'], { class: 'bad' });
  }

  function deviceList() {
    return make('section', { id: 'devices', 'aria-labelledby': 'devices-title' },
      make('h2', { id: 'devices-title', tabindex: '-1', text: words().devicesTitle }),
      devices.length
        ? make('ul', { class: 'devices' }, ...devices.map((device) => make('li', { class: 'device' },
          make('div', {}, paragraph(device.name), fate(device)),
          make('button', { type: 'button', class: 'other', text: words().remove, 'aria-label': words().remove + ': ' + device.name, act: () => remove(device) }))))
        : paragraph(words().noDevices));
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
        ...(isGone ? [] : [button(words().again, () => { page.replaceChildren(); load().then(() => (element('fault') || element('title')).focus()); })]));
      return;
    }
    if (!mine) return;
    document.title = words().title + ' · ' + title();
    page.replaceChildren(
      paragraph(title(), { class: 'kicker' }),
      make('h1', { id: 'title', tabindex: '-1', text: words().title }),
      what(),
      ...(made ? [result()] : []),
      deviceList(),
      ...(isOver() ? [] : [choice()]),
      make('section', {}, make('p', {}, make('a', { href: '/me#' + token, text: words().back }))));
  }

  Turnout.chooseLanguage(language, (other) => {
    language = other;
    chosen = true;
    say('');
    show();
  });
  window.addEventListener('hashchange', () => location.reload());
  document.addEventListener('visibilitychange', refresh);
  setInterval(refresh, REFRESH);

  if (token) {
    show();
    load();
  } else {
    fault = new Turnout.Fault('noToken');
    show();
  }
})();
