'use strict';

// One page for each kind of mail. What it is about comes in the fragment, which browsers do not send; nothing happens
// until its reader presses the button, since mail programs open links by themselves. Only who logs in by another service
// leaves something in the tab's storage: what they pressed, until they are back.
(() => {
  const language = (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => tag in WORDS) || 'en';
  const page = location.pathname.slice(1);
  const words = WORDS[language];
  const own = words[page];
  const mailed = new URLSearchParams(location.hash.slice(1));
  let token = mailed.get('token') || mailed.get('organization') || '';
  const element = (id) => document.getElementById(id);
  // Not in the history, and not over anybody's shoulder.
  history.replaceState(null, '', location.pathname);

  class Refusal extends Error {}

  async function post(path, body, bearer) {
    let answer;
    try {
      answer = await fetch('/api/v1/' + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...(bearer && { Authorization: 'Bearer ' + bearer }) },
        body: JSON.stringify(body),
      });
    } catch (e) {
      throw new Refusal(words.offline);
    }
    const content = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (answer.ok) return content;
    if (answer.status === 429) throw new Refusal(words.later.replace('{seconds}', answer.headers.get('Retry-After') || '60'));
    if (answer.status >= 500) throw new Refusal(words.unavailable);
    const slug = String(content.type).split(':').pop();
    if (slug === 'invalid_credentials') throw new Refusal(words.wrongLogin);
    if (['invalid_token', 'not_found', 'no_longer_open'].includes(slug)) throw new Refusal(words.expired);
    const faults = (content.errors || []).filter((fault) => showFault(fault));
    if (faults.length) throw new Refusal('');
    throw new Refusal(content.detail || words.unavailable);
  }

  // What the reader pressed, done as who they are; they are logged out again after it.
  async function signedIn(given, act) {
    const session = given.code_verifier ? await post('auth/oauth/token', given) : await post('auth/login', given);
    try {
      await act(session.access_token);
    } finally {
      await post('auth/logout', {}, session.access_token).catch(() => {});
    }
  }

  const FIELDS = {
    email: { label: words.email, type: 'email', autocomplete: 'username' },
    password: { label: words.password, type: 'password', autocomplete: 'current-password' },
    newPassword: { wire: 'password', label: words.newPassword, type: 'password', autocomplete: 'new-password', hint: words.passwordHint },
    name: { label: words.name, type: 'text', autocomplete: 'name' },
  };

  const PAGES = {
    'verify-email': { fields: [], act: () => post('auth/verify-email', { token }) },
    'confirm-email': { fields: [], act: () => post('auth/confirm-email', { token }) },
    'confirm-identity': { fields: [], act: () => post('auth/oauth/confirm', { token }) },
    'reset-password': { fields: ['newPassword'], act: (given) => post('auth/reset-password', { token, password: given.password }) },
    'invitation': {
      fields: ['email', 'password'],
      byProvider: true,
      act: (given) => signedIn(given, (session) => post('organizations/invitations/accept', { token }, session)),
    },
    'ownership-offer': {
      fields: ['email', 'password'],
      byProvider: true,
      act: (given) => signedIn(given, (session) => post('organizations/' + encodeURIComponent(token) + '/ownership-offer/accept', {}, session)),
      other: (given) => signedIn(given, (session) => post('organizations/' + encodeURIComponent(token) + '/ownership-offer/decline', {}, session)),
    },
    'admin/register': {
      fields: ['email', 'name', 'newPassword'],
      act: (given) => post('auth/admin/register', { token, email: given.email, password: given.password, ...(given.name && { name: given.name }), locale: language }),
    },
  };

  // ---- login by another service (RFC 7636): it comes back to /signed-in, which does what was pressed here

  const PROVIDERS = { google: 'Google', github: 'GitHub' };
  const ATTEMPT = 'turnout.attempt';

  function base64url(bytes) {
    return btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  async function leaveFor(provider) {
    say('');
    try {
      const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
      const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
      const start = '/api/v1/auth/oauth/' + provider + '/start?' + new URLSearchParams({
        redirect_uri: location.origin + '/signed-in', code_challenge: challenge, locale: language });
      // Whether there is such a login here; browsers show a redirect without its address.
      const answer = await fetch(start, { redirect: 'manual' });
      if (answer.type !== 'opaqueredirect') throw new Refusal(answer.status === 404 ? words.noProvider : words.unavailable);
      sessionStorage.setItem(ATTEMPT, JSON.stringify({ verifier, page, token }));
      location.assign(start);
    } catch (e) {
      say(e instanceof Refusal ? e.message : words.unavailable, true);
    }
  }

  async function comeBack() {
    const attempt = JSON.parse(sessionStorage.getItem(ATTEMPT) || 'null');
    sessionStorage.removeItem(ATTEMPT);
    element('title').textContent = (attempt ? words[attempt.page] : own).title;
    element('what').textContent = '';
    try {
      if (mailed.get('error')) throw new Refusal(own[mailed.get('error')] || own.login_failed);
      if (!attempt || !mailed.get('code')) throw new Refusal(own.elsewhere);
      say(own.what);
      token = attempt.token;
      await PAGES[attempt.page].act({ code: mailed.get('code'), code_verifier: attempt.verifier });
      say(words[attempt.page].done);
    } catch (e) {
      say(e instanceof Refusal ? e.message : words.unavailable, true);
    }
  }

  function field(name) {
    const { wire = name, label, hint, ...attributes } = FIELDS[name];
    const parts = [Object.assign(document.createElement('label'), { htmlFor: wire, textContent: label })];
    parts.push(Object.assign(document.createElement('input'), { id: wire, name: wire, ...attributes }));
    if (hint) parts.push(Object.assign(document.createElement('p'), { className: 'hint', textContent: hint }));
    parts.push(Object.assign(document.createElement('p'), { className: 'fault', id: wire + '-fault' }));
    return parts;
  }

  function showFault(fault) {
    const place = element(fault.field + '-fault');
    if (place) place.textContent = fault.message;
    return place;
  }

  function say(text, isBad) {
    element('answer').textContent = text;
    element('answer').classList.toggle('bad', Boolean(isBad));
  }

  document.documentElement.lang = language;
  document.title = own.title + ' · Turnout';
  element('title').textContent = own.title;
  element('what').textContent = own.what;
  element('more').textContent = own.more || '';
  if (page === 'signed-in') {
    comeBack();
    return;
  }
  if (!token) {
    say(words.noToken, true);
    return;
  }
  const form = element('form');
  PAGES[page].fields.forEach((name) => form.append(...field(name)));
  const buttons = [Object.assign(document.createElement('button'), { textContent: own.act })];
  if (PAGES[page].other) buttons.push(Object.assign(document.createElement('button'), { textContent: own.other, className: 'other' }));
  form.append(...buttons);
  if (PAGES[page].byProvider) {
    Object.entries(PROVIDERS).forEach(([provider, name]) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: words.continueWith.replace('{provider}', name), className: 'other' });
      button.addEventListener('click', () => leaveFor(provider));
      form.append(button);
    });
  }
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    document.querySelectorAll('.fault').forEach((place) => { place.textContent = ''; });
    say('');
    const isOther = event.submitter === buttons[1] && buttons.length > 1;
    buttons.forEach((button) => { button.disabled = true; });
    try {
      await PAGES[page][isOther ? 'other' : 'act'](Object.fromEntries(new FormData(form)));
      form.hidden = true;
      element('what').textContent = '';
      element('more').textContent = '';
      say(isOther ? own.otherDone : own.done);
    } catch (e) {
      say(e instanceof Refusal ? e.message : words.unavailable, true);
      buttons.forEach((button) => { button.disabled = false; });
    }
  });
})();
