'use strict';

// What pages have in common: making elements out of text only, the four languages, and the API.
const Turnout = (() => {
  const LANGUAGES = { en: 'English', pt: 'Português', id: 'Bahasa Indonesia', ru: 'Русский' };
  const PATIENCE = 20000;

  const element = (id) => document.getElementById(id);

  function make(tag, attributes, ...children) {
    const made = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => {
      if (value == null || value === false) return;
      if (name === 'text') made.textContent = value;
      else if (name === 'act') made.addEventListener('click', value);
      else made.setAttribute(name, value === true ? '' : value);
    });
    made.append(...children.filter(Boolean));
    return made;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  const preferred = (words) => (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => tag in words) || 'en';

  // The reader's own way of writing times and numbers, where it is of the page's language.
  function region(language) {
    return (navigator.languages || []).find((tag) => tag.startsWith(language + '-')) || (language === 'en' ? 'en-GB' : language);
  }

  function chooseLanguage(language, chosen) {
    const select = element('language');
    Object.entries(LANGUAGES).forEach(([tag, name]) => select.append(make('option', { value: tag, lang: tag, text: name })));
    select.value = language;
    select.addEventListener('change', () => chosen(select.value));
  }

  // ---- the API

  // An answer that is none of what was hoped for. `word` is what pages say of it, `slug` the problem's type.
  class Fault extends Error {
    constructor(word, { status = 0, slug = '', seconds, errors = [] } = {}) {
      super(word);
      this.word = word;
      this.status = status;
      this.slug = slug;
      this.seconds = seconds;
      this.errors = errors;
    }
  }

  const WORDS_OF_STATUS = { 400: 'changed', 401: 'unknown', 403: 'unknown', 404: 'unknown', 409: 'changed', 422: 'changed', 429: 'later' };

  // How far the server's clock is ahead of this machine's, in milliseconds; small differences are the answer's travel.
  let ahead = 0;

  async function call(method, path, { token, body, signal } = {}) {
    const signals = [AbortSignal.timeout(PATIENCE)];
    if (signal) signals.push(signal);
    let answer;
    let content;
    try {
      answer = await fetch('/api/v1/' + path, {
        method,
        cache: 'no-store',
        signal: AbortSignal.any(signals),
        headers: { ...(token && { Authorization: 'Bearer ' + token }), ...(body && { 'Content-Type': 'application/json' }) },
        body: body && JSON.stringify(body),
      });
      content = answer.status === 204 ? {} : await answer.json();
    } catch (e) {
      if (!answer || answer.ok) throw new Fault(signal && signal.aborted ? 'aborted' : 'offline');
      content = {};
    }
    const date = Date.parse(answer.headers.get('Date'));
    if (date) ahead = Math.abs(date - Date.now()) > 90000 ? date - Date.now() : 0;
    if (answer.ok) return content;
    throw new Fault(WORDS_OF_STATUS[answer.status] || 'unavailable', {
      status: answer.status,
      slug: String(content.type).split(':').pop(),
      seconds: Number(answer.headers.get('Retry-After')) || (answer.status === 429 ? 60 : undefined),
      errors: content.errors,
    });
  }

  // What anything thrown is to a reader.
  const fault = (thrown) => (thrown instanceof Fault ? thrown : new Fault('unavailable'));

  const serverTime = () => Date.now() + ahead;

  // Great-circle distance of two nearby points, in metres.
  function metres(a, b) {
    const radians = Math.PI / 180;
    const east = (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians);
    const north = (b.latitude - a.latitude) * radians;
    return Math.hypot(east, north) * 6371000;
  }

  return { element, make, fill, preferred, region, chooseLanguage, Fault, fault, call, serverTime, metres };
})();
