'use strict';

// The page of one participant at one date. The link's token stays in the fragment, which browsers do not send, and goes
// to our own API in a header; nothing is stored. What changes something is a button.
(() => {
  const LANGUAGES = { en: 'English', pt: 'Português', id: 'Bahasa Indonesia', ru: 'Русский' };
  const token = location.hash.slice(1);
  const preferred = (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) || 'en';
  const element = (id) => document.getElementById(id);

  let language = preferred;
  let chosen = false;
  let mine = null;
  let fault = null;
  let silence;

  // ---- the API

  class Fault extends Error {
    constructor(word, { seconds, isFinal = false } = {}) {
      super(word);
      this.word = word;
      this.seconds = seconds;
      this.isFinal = isFinal;
    }
  }

  async function call(method, path, body) {
    let answer;
    try {
      answer = await fetch('/api/v1/' + path, {
        method,
        cache: 'no-store',
        headers: { Authorization: 'Bearer ' + token, ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
      });
    } catch (e) {
      throw new Fault('offline');
    }
    if (answer.ok) return answer.json();
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) throw new Fault('unknown', { isFinal: true });
    if (answer.status === 409) throw new Fault('changed');
    if (answer.status === 429) throw new Fault('later', { seconds: answer.headers.get('Retry-After') || '60' });
    throw new Fault('unavailable');
  }

  async function load() {
    fault = null;
    try {
      mine = await call('GET', 'links/me');
      if (!chosen && mine.locale in WORDS) language = mine.locale;
    } catch (e) {
      fault = e instanceof Fault ? e : new Fault('unavailable');
    }
    show();
  }

  // What changed meanwhile, when the reader comes back; what did not is left as it is.
  async function refresh() {
    if (document.hidden || !mine || fault || document.querySelector('#page button[disabled]')) return;
    const answered = await call('GET', 'links/me').catch(() => mine);
    if (JSON.stringify(answered) === JSON.stringify(mine)) return;
    mine = answered;
    show();
  }

  // ---- words and times

  const words = () => WORDS[language];

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  // The reader's own way of writing times, where it is of the page's language.
  function region() {
    return (navigator.languages || []).find((tag) => tag.startsWith(language + '-')) || (language === 'en' ? 'en-GB' : language);
  }

  function format(options, zone) {
    return new Intl.DateTimeFormat(region(), { ...options, timeZone: zone });
  }

  const LONG = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' };
  const SHORT = { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };

  function time(text) {
    return format(SHORT, mine.occurrence.time_zone).format(new Date(text));
  }

  function span(zone) {
    return format(LONG, zone).formatRange(new Date(mine.occurrence.starts_at), new Date(mine.occurrence.ends_at));
  }

  function zoneName(zone) {
    try {
      const parts = format({ hour: 'numeric', timeZoneName: 'longGeneric' }, zone).formatToParts(new Date(mine.occurrence.starts_at));
      return parts.find((part) => part.type === 'timeZoneName').value;
    } catch (e) {
      return zone;
    }
  }

  function own() {
    const { event } = mine;
    const translated = language !== event.language && event.translations[language];
    return translated ? { ...translated, language } : { title: event.title, description: event.description, language: event.language };
  }

  // ---- the page, made of text only

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (name === 'text') made.textContent = value;
      else if (name === 'act') made.addEventListener('click', value);
      else made.setAttribute(name, value);
    });
    made.append(...children.filter(Boolean));
    return made;
  }

  const paragraph = (text, attributes) => text && make('p', { text, ...attributes });

  function button(text, act, isOther) {
    return make('button', { type: 'button', text, act, ...(isOther && { class: 'other' }) });
  }

  // What was done is shown by the page, too; what failed stays said until the next try.
  function say(text, isBad) {
    clearTimeout(silence);
    element('said').textContent = text;
    element('said').classList.toggle('bad', Boolean(isBad));
    if (text && !isBad) silence = setTimeout(() => say(''), 10000);
  }

  function told(refused) {
    return fill(words()[refused.word], { seconds: refused.seconds });
  }

  // One button at a time; what came of it is shown and said, and the keyboard goes on from there.
  async function change(path, body, done, heading) {
    const buttons = [...document.querySelectorAll('#page button')];
    buttons.forEach((each) => { each.disabled = true; });
    say('');
    try {
      await call('POST', 'participants/' + mine.participant_id + '/' + path, body);
      await load();
      say(words()[done]);
    } catch (e) {
      const refused = e instanceof Fault ? e : new Fault('unavailable');
      if (refused.word === 'changed' || refused.isFinal) await load();
      buttons.forEach((each) => { each.disabled = false; });
      if (!fault) say(told(refused), true);
    }
    element(heading)?.focus();
  }

  function where(place) {
    if (!place) return paragraph(words().noPlace);
    const lines = [place.name, place.address, place.city].filter((line, at, all) => line && all.indexOf(line) === at);
    const parts = lines.map((line) => paragraph(line, { class: 'told' }));
    if (place.latitude != null) {
      parts.push(make('p', {}, make('a', { text: words().map, href: map(place), rel: 'noopener noreferrer', target: '_blank' })));
    }
    return make('div', {}, ...parts);
  }

  // Phones open their own map app at these; elsewhere it is a page.
  function map({ latitude, longitude, name }) {
    const point = latitude + ',' + longitude;
    if (/Android/.test(navigator.userAgent)) return 'geo:' + point + '?q=' + point + encodeURIComponent('(' + (name || own().title) + ')');
    if (/iPhone|iPad|Macintosh/.test(navigator.userAgent)) return 'https://maps.apple.com/?ll=' + point + '&q=' + encodeURIComponent(name || own().title);
    return 'https://www.openstreetmap.org/?mlat=' + latitude + '&mlon=' + longitude + '#map=17/' + latitude + '/' + longitude;
  }

  function details() {
    const { occurrence } = mine;
    const mineZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const there = span(occurrence.time_zone);
    const here = mineZone && span(mineZone);
    const isElsewhere = here && here !== there;
    return make('dl', {},
      make('dt', { text: words().when }),
      make('dd', { text: there }),
      isElsewhere && make('dd', { text: zoneName(occurrence.time_zone), class: 'hint' }),
      isElsewhere && make('dd', { text: fill(words().here, { time: here }), class: 'hint' }),
      make('dt', { text: words().where }),
      make('dd', {}, where(mine.place)));
  }

  const isToCome = () => mine.occurrence.status === 'scheduled' || mine.occurrence.status === 'active';

  function answer() {
    const names = { organizer: mine.event.organizer };
    const section = (word, kind, values, ...buttons) =>
      make('section', { class: 'answer ' + kind, 'aria-labelledby': 'answer' },
        make('h2', { id: 'answer', tabindex: '-1', text: words()[word].title }),
        paragraph(fill(words()[word].what, { ...names, ...values })), ...buttons);
    const confirm = (word) => button(words()[word], () => change('confirm', null, 'saidYes', 'answer'));
    const deny = (word) => button(words()[word], () => change('deny', null, 'saidNo', 'answer'), true);

    if (mine.occurrence.status === 'cancelled') {
      const reason = mine.occurrence.cancellation_reason;
      return section('cancelled', 'not', {}, reason && paragraph(fill(words().reason, { reason }), { class: 'told' }));
    }
    if (mine.status === 'checked_in') return section('checkedIn', '', { time: mine.checked_in_at ? time(mine.checked_in_at) : '' });
    if (mine.status === 'no_show') return section('noShow', 'past', {});
    if (!isToCome()) return section('over', 'past', {});
    if (mine.status === 'confirmed') return section('confirmed', '', {}, deny('denyAfterAll'));
    if (mine.status === 'denied') return section('denied', 'not', {}, confirm('confirmAfterAll'));
    return section('pending', '', {}, confirm('confirm'), deny('deny'));
  }

  function consent() {
    const { tracking, event } = mine;
    const { granted, changed_at: since } = mine.consent;
    const isOffered = isToCome() && mine.status !== 'denied' && mine.status !== 'checked_in';
    if (!granted && !isOffered) return null;
    const names = { organizer: event.organizer, from: time(tracking.opens_at), until: time(tracking.closes_at), time: since && time(since) };
    const section = make('section', { 'aria-labelledby': 'consent' },
      make('h2', { id: 'consent', tabindex: '-1', text: words().consentTitle }),
      event.consent_text
        ? paragraph(event.consent_text, { class: 'told', lang: event.language })
        : paragraph(fill(words().consentWhat, names)));
    if (isOffered) section.append(paragraph(fill(words().consentWhen, names)));
    section.append(paragraph(words().consentKept));
    if (granted) {
      section.append(paragraph(fill(words().consentGiven, names)));
      if (isOffered) section.append(make('p', {}, make('a', { text: words().share, href: '/share#' + token })));
      section.append(
        button(words().withdraw, () => change('consent', { granted: false }, 'withdrawn', 'consent'), true));
    } else {
      section.append(button(words().consent, () => change('consent', { granted: true }, 'given', 'consent'), true));
    }
    return section;
  }

  function next() {
    if (!isToCome() || mine.status === 'denied') return null;
    const { tracking } = mine;
    const values = { organizer: mine.event.organizer, from: time(tracking.opens_at), email: mine.email };
    const steps = [];
    if (mine.status === 'checked_in') {
      steps.push(words().nextEnjoy);
    } else {
      if (mine.status === 'pending') steps.push(words().nextAnswer);
      if (mine.consent.granted) steps.push(tracking.is_open ? words().nextTracking : words().nextTrackingFrom);
      steps.push(mine.consent.granted && mine.event.check_in_on_arrival ? words().nextArrive : words().nextCheckIn);
    }
    steps.push(mine.email ? words().nextMail : words().nextHere);
    return make('section', { 'aria-labelledby': 'next' },
      make('h2', { id: 'next', text: words().nextTitle }),
      make('ul', {}, ...steps.map((step) => make('li', { text: fill(step, values) }))));
  }

  function show() {
    const page = element('page');
    document.documentElement.lang = language;
    element('language-label').textContent = words().language;
    element('language').value = language;
    element('private').textContent = mine && !fault ? words().private : '';
    if (fault) {
      const isGone = fault.isFinal || fault.word === 'noToken';
      document.title = 'Turnout';
      page.replaceChildren(
        make('h1', { id: 'fault', tabindex: '-1', text: words()[isGone ? 'goneTitle' : 'faultTitle'] }),
        paragraph(told(fault)),
        ...(isGone ? [] : [button(words().again, () => { page.replaceChildren(); load().then(() => (element('fault') || element('event')).focus()); })]));
      return;
    }
    if (!mine) return;
    const { title, description, language: said } = own();
    document.title = title + ' · Turnout';
    page.replaceChildren(...[
      paragraph(fill(words().kicker, { organizer: mine.event.organizer, name: mine.name }), { class: 'kicker' }),
      make('h1', { id: 'event', tabindex: '-1', text: title, lang: said }),
      details(),
      answer(),
      consent(),
      next(),
      description && make('section', { 'aria-labelledby': 'about' },
        make('h2', { id: 'about', text: words().about }), paragraph(description, { class: 'told', lang: said })),
    ].filter(Boolean));
  }

  Object.entries(LANGUAGES).forEach(([tag, name]) => element('language').append(make('option', { value: tag, lang: tag, text: name })));
  element('language').addEventListener('change', (event) => {
    language = event.target.value;
    chosen = true;
    say('');
    show();
  });
  window.addEventListener('hashchange', () => location.reload());
  document.addEventListener('visibilitychange', refresh);

  if (token) {
    show();
    load();
  } else {
    fault = new Fault('noToken', { isFinal: true });
    show();
  }
})();
