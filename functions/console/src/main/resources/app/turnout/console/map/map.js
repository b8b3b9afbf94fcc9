'use strict';

// The live map of one date: who is on the way, when they will be there, who is. The list says all that the map shows. What
// it may show is decided by the server, by the link in the fragment or by the login.
(() => {
  const { element, make, fill, Fault } = Turnout;
  const given = new URLSearchParams(location.hash.slice(1));
  const link = given.get('link');

  const STALE = 120000; // a position that old is shown as such
  const SILENT = 600000;
  const REORDER = 4000;
  const FORECAST = 30000;
  const FILTERS = ['all', 'coming', 'late', 'unsure', 'here'];

  let language = Turnout.preferred(WORDS);
  let session = null;
  let event = given.get('event');
  let feed = null;
  let view = null;
  let mapState = 'loading'; // drawn, none
  let connection = 'connecting';
  let filter = 'all';
  let sought = '';
  let chosen = null;
  let chosenTrack = null;
  let forecast = null;
  let silence;
  let arrivals = [];
  let order = [];
  let reordered = 0;
  let isFitted = false;
  let screen = null;

  const words = () => WORDS[language];

  // ---- times and lengths

  const zone = () => feed?.event?.time_zone;
  const formats = new Map();
  function format(options) {
    const key = language + zone() + JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(Turnout.region(language), { ...options, timeZone: zone() }));
    return formats.get(key);
  }
  const clock = (at) => format({ hour: 'numeric', minute: '2-digit' }).format(new Date(at));
  const span = (from, until) => format({ weekday: 'short', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' }).formatRange(new Date(from), new Date(until));
  const now = () => feed.clock.now();

  function unit(value, name, more) {
    const key = 'unit' + language + name + JSON.stringify(more || {});
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat(Turnout.region(language), { style: 'unit', unit: name, ...more }));
    return formats.get(key).format(value);
  }

  function length(metres) {
    return metres < 1000 ? unit(Math.round(metres / 10) * 10, 'meter') : unit(metres / 1000, 'kilometer', { maximumFractionDigits: metres < 10000 ? 1 : 0 });
  }

  function duration(milliseconds) {
    const minutes = Math.max(1, Math.round(milliseconds / 60000));
    if (minutes < 90) return unit(minutes, 'minute');
    return minutes < 2880 ? unit(minutes / 60, 'hour', { maximumFractionDigits: 1 }) : unit(Math.round(minutes / 1440), 'day');
  }

  // The zone's offset from UTC, so that a chart's hours are full ones there.
  function offset(at) {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', {
      timeZone: zone(), hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    }).formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second) - Math.floor(at / 1000) * 1000;
  }

  // ---- what is known of somebody

  const lastHeard = (person) => Math.max(Date.parse(person.position?.recorded_at) || 0, Date.parse(person.eta?.last_ping_at) || 0);
  const isHere = (person) => person.status === 'checked_in' || Boolean(person.eta?.arrived);
  const isExpected = (person) => person.status !== 'denied';
  const isStale = (person) => !isHere(person) && now() - lastHeard(person) > STALE;

  // How it stands with them now: the server's word, which silence outdates.
  function stateOf(person) {
    if (person.status === 'checked_in' && !person.eta?.arrived) return 'checked_in';
    if (isHere(person)) return 'arrived';
    if (!lastHeard(person)) return person.consented ? 'no_position' : 'no_consent';
    if (now() - lastHeard(person) > SILENT) return 'silent';
    const state = person.eta?.state;
    return state && state !== 'no_position' && state !== 'silent' ? state : 'on_the_way';
  }

  const foreseen = (person) => (person.eta?.eta && !isHere(person) ? Math.max(Date.parse(person.eta.eta), now()) : null);

  function lateBy(person) {
    const at = foreseen(person);
    return at && feed.event ? at - Date.parse(feed.event.starts_at) : 0;
  }

  // Which of the four kinds they are counted and drawn as.
  function kindOf(person) {
    if (isHere(person)) return 'here';
    const state = stateOf(person);
    if (['silent', 'no_position', 'no_consent'].includes(state) || !foreseen(person)) return 'unsure';
    return lateBy(person) >= 60000 ? 'late' : 'coming';
  }

  function isIn(person, name) {
    const kind = kindOf(person);
    return name === 'all' || kind === name || (name === 'coming' && kind === 'late');
  }

  const RANKS = { coming: 0, late: 0, unsure: 1, here: 2 };

  // Where they stand in the list: by kind, then who comes next, or was here last.
  function standing(person) {
    const kind = kindOf(person);
    const at = kind === 'here' ? -Date.parse(person.eta?.arrived_at) || 0 : foreseen(person) || -lastHeard(person);
    return { id: person.id, name: person.name, rank: RANKS[kind], at };
  }

  const expected = () => [...feed.people.values()].filter(isExpected);

  // ---- what came

  function changed(what) {
    if (what === 'all' || what.people) ordering(what === 'all');
    const ids = what === 'all' ? null : new Set([...(what.etas || []), ...(what.people || [])]);
    expected().filter((person) => !ids || ids.has(person.id)).forEach((person) => {
      const here = isHere(person);
      if (here && person.wasHere === false) arrivals.push(person.name);
      person.wasHere = here;
    });
    if (what.etas || what.people) forecastSoon();
    if (screen !== 'map') show();
    paintSoon();
    if (chosen && what.positions?.has(chosen)) paintChosen();
    if (what === 'all') paintVenue();
  }

  function linked(state) {
    connection = state;
    if (screen === 'map') paintHead();
  }

  function lost(refused) {
    if (view) view.remove();
    view = null;
    feed = null;
    screen = null;
    if (refused.word === 'loggedOut') {
      session = null;
      showLogin(words().loggedOut);
      return;
    }
    showFault(refused);
  }

  function announce() {
    if (!arrivals.length) return;
    const [first] = arrivals;
    say(fill(arrivals.length === 1 ? words().oneArrived : words().manyArrived, { name: first, others: arrivals.length - 1 }));
    arrivals = [];
  }

  function say(text, isBad) {
    clearTimeout(silence);
    element('said').textContent = text;
    element('said').classList.toggle('bad', Boolean(isBad));
    if (text && !isBad) silence = setTimeout(() => say(''), 8000);
  }

  // ---- forecast

  let forecastTimer;
  function forecastSoon() {
    if (session.isMember && !forecastTimer) forecastTimer = setTimeout(loadForecast, forecast ? 5000 : 0);
  }

  async function loadForecast() {
    clearTimeout(forecastTimer);
    forecastTimer = null;
    if (!feed || !session.isMember) return;
    const asked = feed;
    try {
      forecast = await session.call('GET', 'eta/events/' + encodeURIComponent(event) + '/forecast' + (feed.occurrence ? '?occurrence_id=' + encodeURIComponent(feed.occurrence) : ''));
    } catch (e) {
      if (Turnout.fault(e).status) forecast = null;
    }
    if (asked === feed && screen === 'map') paintForecast();
  }

  // ---- one of them

  async function choose(id) {
    chosen = id === chosen ? null : id;
    chosenTrack = null;
    paintList();
    paintMap();
    paintChosen();
    const person = feed.people.get(chosen);
    if (!person) return;
    if (person.position && view) view.goTo(person.position);
    if (!session.isMember) return;
    const asked = chosen;
    const past = await history(asked).catch(() => null);
    if (past && asked === chosen) {
      chosenTrack = past;
      paintChosen();
    }
  }

  // The window's positions, thinned by the server for drawing.
  async function history(id) {
    const positions = [];
    let cursor = null;
    const from = new Date(Date.parse(feed.event.starts_at) - 24 * 3600000).toISOString();
    for (let pages = 0; pages < 20; pages += 1) {
      const page = await session.call('GET', 'participants/' + encodeURIComponent(id) + '/locations?limit=100&simplify=5&from=' + encodeURIComponent(from) + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
      positions.push(...page.data);
      cursor = page.next_cursor;
      if (!cursor) break;
    }
    return positions;
  }

  function trackOf(person) {
    const past = chosenTrack || [];
    const last = past.length ? Date.parse(past[past.length - 1].recorded_at) : 0;
    return [...past, ...person.trail.filter((position) => Date.parse(position.recorded_at) > last)];
  }

  // ---- painting: what changed, and not more often than eyes follow

  let painting = null;
  function paintSoon() {
    if (painting || screen !== 'map') return;
    painting = setTimeout(() => {
      painting = null;
      if (screen !== 'map') return;
      paintHead();
      paintCounts();
      paintList();
      paintMap();
      announce();
    }, 400);
  }

  function text(place, value) {
    if (place.textContent !== value) place.textContent = value;
  }

  function paintHead() {
    const { title, starts_at: starts, ends_at: ends, status } = feed.event;
    document.title = title + ' · ' + words().title;
    text(element('title'), title);
    text(element('when'), (status === 'cancelled' ? words().cancelled + ' · ' : '') + span(starts, ends));
    text(element('connection'), words()[connection]);
    element('connection').className = 'connection ' + connection;
  }

  function paintCounts() {
    const people = expected();
    const kinds = { here: 0, coming: 0, late: 0, unsure: 0 };
    people.forEach((person) => { kinds[kindOf(person)] += 1; });
    const counts = { ...kinds, coming: kinds.coming + kinds.late, all: people.length };
    text(element('count-here'), fill(words().ofAll, { count: counts.here, all: counts.all }));
    ['coming', 'late', 'unsure'].forEach((kind) => text(element('count-' + kind), String(counts[kind])));
    FILTERS.forEach((name) => text(element('filter-' + name), words().filters[name] + ' (' + counts[name] + ')'));
  }

  function ordering(isNow) {
    if (isNow || performance.now() - reordered > REORDER) {
      const names = new Intl.Collator(language);
      order = expected().map(standing)
        .sort((a, b) => a.rank - b.rank || a.at - b.at || names.compare(a.name, b.name)).map(({ id }) => id);
      reordered = performance.now();
    }
  }

  const rows = new Map();

  function row(person) {
    const made = make('button', { type: 'button', class: 'person' },
      make('span', { class: 'name' }), make('span', { class: 'time' }), make('span', { class: 'how' }), make('span', { class: 'left' }));
    made.addEventListener('click', () => choose(person.id));
    return make('li', {}, made);
  }

  function describe(person) {
    const kind = kindOf(person);
    const state = stateOf(person);
    const at = foreseen(person);
    const how = [words().states[state]];
    const late = lateBy(person);
    if (kind === 'late') how.push(fill(words().lateBy, { time: duration(late) }));
    if (lastHeard(person) && isStale(person)) how.push(fill(words().lastSeen, { time: duration(now() - lastHeard(person)) }));
    let time = '';
    let left = '';
    if (kind === 'here') {
      const since = person.eta?.arrived_at;
      time = since ? clock(since) : '';
    } else if (at) {
      time = (state === 'silent' ? '~' : '') + clock(at);
      left = fill(words().inTime, { time: duration(at - now()) });
    }
    const metres = person.eta?.route_metres ?? person.eta?.distance_metres;
    if (kind !== 'here' && metres != null) left += (left ? ' · ' : '') + length(metres);
    return { kind, isStale: kind !== 'here' && (isStale(person) || kind === 'unsure'), name: person.name, time, how: how.join(' · '), left };
  }

  function paintList() {
    const list = element('list');
    // Nothing moves away from under a finger or a keyboard.
    if (!list.matches(':hover') && !list.contains(document.activeElement)) ordering(false);
    const known = order.map((id) => feed.people.get(id)).filter(Boolean);
    const ordered = new Set(order);
    expected().forEach((person) => { if (!ordered.has(person.id)) { order.push(person.id); known.push(person); } });
    const shown = known.filter((person) => isIn(person, filter) && person.name.toLocaleLowerCase().includes(sought));
    const ids = new Set(shown.map(({ id }) => id));
    [...rows.keys()].forEach((id) => {
      if (ids.has(id)) return;
      rows.get(id).remove();
      rows.delete(id);
    });
    let place = list.firstElementChild;
    shown.forEach((person) => {
      let item = rows.get(person.id);
      if (!item) rows.set(person.id, item = row(person));
      if (item === place) place = place.nextElementSibling;
      else list.insertBefore(item, place);
      paintRow(item.firstElementChild, person);
    });
    text(element('none'), shown.length ? '' : words()[feed.people.size ? 'noneSuch' : 'nobody']);
  }

  function paintRow(button, person) {
    const told = describe(person);
    const key = JSON.stringify(told) + (person.id === chosen);
    if (button.key === key) return;
    button.key = key;
    button.className = 'person ' + told.kind + (told.isStale ? ' stale' : '');
    button.setAttribute('aria-pressed', person.id === chosen);
    ['name', 'time', 'how', 'left'].forEach((part, at) => text(button.children[at], told[part]));
  }

  const located = () => expected().filter((person) => person.position && person.consented !== false);

  function paintMap() {
    if (!view) return;
    const people = located().filter((person) => isIn(person, filter) || person.id === chosen);
    view.showPeople(people.map((person) => ({ id: person.id, kind: kindOf(person), stale: isStale(person), position: person.position })), chosen);
    if (!isFitted && (located().length || feed.event.destination)) {
      fit();
      isFitted = true;
    }
  }

  function paintVenue() {
    if (view) view.showVenue(feed.event.destination, words().venue);
  }

  function paintChosen() {
    const person = feed.people.get(chosen);
    if (view) view.showChosen(person && { position: person.position, track: trackOf(person) }, person ? person.name : '');
    const place = element('chosen');
    place.hidden = !person;
    if (!person) return;
    const told = describe(person);
    const facts = [told.how, [told.time, told.left].filter(Boolean).join(' · ')];
    if (person.eta?.strategy) facts.push(words().strategies[person.eta.strategy]);
    if (person.eta?.off_road_metres > 100) facts.push(fill(words().offRoad, { length: length(person.eta.off_road_metres) }));
    if (now() - lastHeard(person) > 60000 && lastHeard(person)) facts.push(fill(words().lastSeen, { time: duration(now() - lastHeard(person)) }));
    place.replaceChildren(
      make('h2', { text: person.name }),
      ...facts.filter((fact, at, all) => fact && !all.slice(0, at).some((earlier) => earlier.includes(fact))).map((fact) => make('p', { text: fact })),
      make('button', { type: 'button', class: 'other', text: words().close, act: () => { choose(chosen); } }));
  }

  function fit(isAsked) {
    const places = located().filter((person) => !isStale(person) || isHere(person)).map((person) => person.position);
    if (feed.event.destination) places.push(feed.event.destination);
    if (view) view.fit(places.length ? places : located().map((person) => person.position), { isAsked });
  }

  function paintForecast() {
    const section = element('forecast');
    section.hidden = !forecast || !forecast.curve?.length;
    if (section.hidden) return;
    const starts = Date.parse(forecast.starts_at);
    const values = {
      count: Chart.at(forecast, starts), expected: forecast.expected, time: clock(starts), arrived: forecast.arrived,
      unknown: forecast.unknown, late: forecast.late,
    };
    text(element('foretold'), fill(words().foretold, values));
    const shown = {
      forecast, time: clock, offset: offset(starts),
      words: { curve: fill(words().foretold, values), expected: fill(words().expectedLine, values), start: words().start },
    };
    Chart.show(element('curve'), shown);
    element('numbers').replaceChildren(...Chart.rows(shown));
  }

  // ---- screens

  const paragraph = (value, attributes) => value && make('p', { text: value, ...attributes });
  const button = (value, act, isOther) => make('button', { type: 'button', text: value, act, ...(isOther && { class: 'other' }) });

  function narrow(...children) {
    screen = null;
    element('page').className = 'narrow';
    element('page').replaceChildren(...children.filter(Boolean));
  }

  function showFault(refused) {
    document.title = 'Turnout';
    const isGone = refused.word === 'unknown';
    narrow(
      make('h1', { id: 'fault', tabindex: '-1', text: words()[isGone ? 'goneTitle' : 'faultTitle'] }),
      paragraph(isGone ? words()[link ? 'goneLink' : 'goneEvent'] : fill(words()[refused.word], { seconds: refused.seconds })),
      isGone ? !link && button(words().otherEvent, showEvents) : button(words().again, () => open()));
    retold = () => showFault(refused);
  }

  let retold = () => {};

  function field(id, label, attributes) {
    return [make('label', { for: id, text: label }), make('input', { id, name: id, required: true, ...attributes })];
  }

  function showLogin(why) {
    document.title = words().title + ' · Turnout';
    const form = make('form', { novalidate: true },
      ...field('email', words().email, { type: 'email', autocomplete: 'username' }),
      ...field('password', words().password, { type: 'password', autocomplete: 'current-password' }),
      make('button', { text: words().logIn }));
    form.addEventListener('submit', async (submitted) => {
      submitted.preventDefault();
      const { email, password } = Object.fromEntries(new FormData(form));
      const pressed = form.querySelector('button');
      pressed.disabled = true;
      say('');
      try {
        session = await Session.login(email, password);
        await showOrganizations();
      } catch (e) {
        const refused = Turnout.fault(e);
        say(fill(words()[refused.slug === 'invalid_credentials' || refused.word === 'changed' ? 'wrongLogin' : refused.word], { seconds: refused.seconds }), true);
        pressed.disabled = false;
        element('email').focus();
      }
    });
    narrow(make('h1', { text: words().title }), paragraph(why || words().loginWhat), form);
    retold = () => showLogin(why);
  }

  async function attempt(act) {
    say('');
    try {
      await act();
    } catch (e) {
      const refused = Turnout.fault(e);
      if (refused.word === 'loggedOut') lost(refused);
      else showFault(refused);
    }
  }

  async function showOrganizations() {
    const found = await session.organizations();
    if (!found.length) {
      narrow(make('h1', { text: words().title }), paragraph(words().noOrganization));
      retold = () => {};
      return;
    }
    const enter = (id) => attempt(async () => {
      await session.enter(id);
      if (event) open();
      else await showEvents();
    });
    if (found.length === 1) {
      await enter(found[0].id);
      return;
    }
    const again = () => narrow(make('h1', { text: words().whichOrganization, id: 'which', tabindex: '-1' }), ...found.map(({ id, name }) => button(name, () => enter(id), true)));
    again();
    element('which').focus();
    retold = again;
  }

  async function showEvents() {
    await attempt(async () => {
      const from = new Date(Date.now() - 24 * 3600000).toISOString();
      const { data } = await session.call('GET', 'events?limit=50&sort=start&from=' + encodeURIComponent(from));
      const coming = data.filter(({ status }) => status === 'scheduled' || status === 'active');
      const again = () => narrow(
        make('h1', { text: words().whichEvent, id: 'which', tabindex: '-1' }),
        !coming.length && paragraph(words().noEvent),
        ...coming.map(({ id, title }) => button(title, () => {
          event = id;
          remember(id);
          open();
        }, true)));
      again();
      element('which').focus();
      retold = again;
    });
  }

  // So that a reload, and a bookmark, lead to the same event.
  function remember(id) {
    window.history.replaceState(null, '', '#event=' + encodeURIComponent(id));
  }

  function open() {
    if (feed) feed.end();
    isFitted = false;
    forecast = null;
    narrow(paragraph(words().connecting));
    retold = () => {};
    feed = Feed.open({ session, event, occurrence: given.get('occurrence'), changed, linked, lost });
  }

  function show() {
    if (!feed || !feed.event) return;
    screen = 'map';
    rows.clear();
    const page = element('page');
    page.className = 'live';
    const filters = FILTERS.map((name) => {
      const input = make('input', { type: 'radio', name: 'filter', value: name });
      input.checked = name === filter;
      input.addEventListener('change', () => { filter = name; paintList(); paintMap(); });
      return make('label', {}, input, make('span', { id: 'filter-' + name }));
    });
    const search = make('input', { id: 'search', type: 'search', autocomplete: 'off', value: sought });
    search.addEventListener('input', () => { sought = search.value.toLocaleLowerCase(); paintList(); });
    const count = (kind) => make('div', { class: 'count ' + kind }, make('dt', { text: words().counts[kind] }), make('dd', { id: 'count-' + kind }));
    page.replaceChildren(
      make('div', { id: 'head' },
        make('h1', { id: 'title' }),
        make('p', { id: 'when', class: 'hint' }),
        make('p', { id: 'connection' }),
        make('dl', { id: 'counts' }, count('here'), count('coming'), count('late'), count('unsure'))),
      make('div', { id: 'map-area' },
        make('div', { id: 'map' }),
        make('p', { id: 'no-map', hidden: true, text: words().noMap }),
        make('button', { id: 'fit', type: 'button', class: 'other', text: words().showAll, act: () => fit(true) })),
      make('section', { id: 'chosen', 'aria-live': 'off', hidden: true }),
      make('section', { id: 'forecast', 'aria-labelledby': 'forecast-title', hidden: true },
        make('h2', { id: 'forecast-title', text: words().forecast }),
        make('p', { id: 'foretold' }),
        make('div', { id: 'curve' }),
        make('details', {}, make('summary', { text: words().asNumbers }),
          make('table', {},
            make('thead', {}, make('tr', {}, make('th', { scope: 'col', text: words().time }), make('th', { scope: 'col', text: words().howMany }))),
            make('tbody', { id: 'numbers' })))),
      make('section', { id: 'people', 'aria-labelledby': 'people-title' },
        make('h2', { id: 'people-title', text: words().people }),
        make('label', { for: 'search', text: words().search }), search,
        make('fieldset', { class: 'filters' }, make('legend', { text: words().show }), make('div', { class: 'choices' }, ...filters)),
        make('ul', { id: 'list' }),
        make('p', { id: 'none', class: 'hint' })));
    paintHead();
    paintCounts();
    ordering(true);
    paintList();
    paintChosen();
    drawMap();
    if (forecast) paintForecast();
    loadForecast();
    sizes.disconnect();
    sizes.observe(element('curve'));
    retold = () => {
      if (view) view.remove();
      view = null;
      isFitted = false;
      show();
    };
  }

  const sizes = new ResizeObserver(() => { if (screen === 'map' && forecast) paintForecast(); });

  async function drawMap() {
    const place = element('map');
    try {
      const [settings] = await Promise.all([fetch('/live/settings.json').then((answer) => answer.json()), View.load()]);
      if (element('map') !== place) return;
      view = new View.Map(place, { settings, words: words(), pressed: (id) => { if (id || chosen) choose(id || chosen); } });
      mapState = 'drawn';
    } catch (e) {
      mapState = 'none';
    }
    element('no-map').hidden = mapState !== 'none';
    element('fit').hidden = mapState === 'none';
    if (!view) return;
    paintVenue();
    paintMap();
    paintChosen();
  }

  // ---- begin

  Turnout.chooseLanguage(language, (other) => {
    language = other;
    labels();
    say('');
    retold();
  });

  function labels() {
    document.documentElement.lang = language;
    element('language-label').textContent = words().language;
  }

  window.addEventListener('hashchange', () => location.reload());
  window.addEventListener('pagehide', ({ persisted }) => { if (session && !persisted) session.end(); });
  // Ages grow and arrivals come nearer without anybody saying so.
  setInterval(() => { if (screen === 'map' && !document.hidden) paintSoon(); }, 5000);
  setInterval(() => { if (screen === 'map' && !document.hidden) loadForecast(); }, FORECAST);
  setInterval(() => { if (screen === 'map' && chosen && !document.hidden) paintChosen(); }, 10000);

  labels();
  if (link && event) {
    session = Session.ofLink(link);
    open();
  } else if (link) {
    showFault(new Fault('unknown'));
  } else {
    showLogin();
  }
})();
