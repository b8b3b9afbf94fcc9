'use strict';

// Who looks: a participant by their link, or a member who logged in. A member's tokens live in this page alone, are
// renewed before they end, and are given back when the page is left.
const Session = (() => {
  const { Fault } = Turnout;

  function ofLink(token) {
    return { isMember: false, call: (method, path, more) => Turnout.call(method, path, { ...more, token }), end() {} };
  }

  class Member {
    constructor(tokens) {
      this.isMember = true;
      this.renewing = null;
      this.keep(tokens);
    }

    static async login(email, password) {
      return new Member(await Turnout.call('POST', 'auth/login', { body: { email, password } }));
    }

    keep(tokens) {
      this.access = tokens.access_token;
      this.refresh = tokens.refresh_token || this.refresh;
      this.organization = tokens.organization_id;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.renew().catch(() => {}), Math.max(tokens.expires_in - 60, 10) * 1000);
    }

    // A refresh token is good once: whoever needs a new one waits for the same answer.
    renew() {
      this.renewing ||= Turnout.call('POST', 'auth/refresh', { body: { refresh_token: this.refresh } })
        .then((tokens) => this.keep(tokens))
        .finally(() => { this.renewing = null; });
      return this.renewing;
    }

    async call(method, path, more) {
      const used = this.access;
      try {
        return await Turnout.call(method, path, { ...more, token: used });
      } catch (e) {
        if (!(e instanceof Fault) || e.status !== 401) throw e;
        if (used === this.access) {
          await this.renew().catch((refused) => {
            throw refused.status === 401 ? new Fault('loggedOut', { status: 401 }) : refused;
          });
        }
        return Turnout.call(method, path, { ...more, token: this.access });
      }
    }

    async organizations() {
      const found = [];
      let cursor = null;
      do {
        const page = await this.call('GET', 'organizations?limit=100' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
        found.push(...page.data);
        cursor = page.next_cursor;
      } while (cursor);
      return found;
    }

    async enter(organization) {
      if (organization === this.organization) return;
      this.keep(await this.call('POST', 'auth/switch', { body: { organization_id: organization } }));
    }

    end() {
      clearTimeout(this.timer);
      fetch('/api/v1/auth/logout', {
        method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ refresh_token: this.refresh }),
      }).catch(() => {});
    }
  }

  return { ofLink, login: Member.login };
})();
