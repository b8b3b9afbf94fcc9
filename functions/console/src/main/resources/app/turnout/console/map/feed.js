'use strict';

// What happens at one date, from the server to here: connects with a ticket, subscribes, fetches the snapshot, and applies
// what came meanwhile and comes after it. Durable changes are numbered; a gap, like a connection that was lost, is closed
// by another snapshot. Positions and arrival times carry no number: the newest holds.
const Feed = (() => {
  const { Fault } = Turnout;
  const HEARTBEAT = 120000;
  const PONG = 20000;
  const LONGEST_DELAY = 30000;
  const TRAIL = 1000;

  // Product time may run ahead of this machine's, or faster.
  class Clock {
    constructor() {
      this.origin = null;
      this.speed = 1;
    }

    hear(asOf) {
      const theirs = Date.parse(asOf);
      const ours = performance.now();
      if (!theirs) return;
      if (!this.origin) {
        this.origin = this.newest = { theirs, ours };
        return;
      }
      const passed = ours - this.origin.ours;
      if (passed > 5000) {
        const speed = (theirs - this.origin.theirs) / passed;
        this.speed = Math.abs(speed - 1) < 0.2 || speed <= 0 ? 1 : speed;
      }
      if (theirs >= this.newest.theirs) this.newest = { theirs, ours };
    }

    now() {
      return this.origin ? this.newest.theirs + (performance.now() - this.newest.ours) * this.speed : Date.now();
    }
  }

  class Feed {
    // `changed` hears what changed: 'all', or {positions, etas, people} sets of ids; `linked` hears how it is connected.
    constructor({ session, event, occurrence, changed, linked, lost }) {
      Object.assign(this, { session, eventId: event, occurrence, changed, linked, lost });
      this.clock = new Clock();
      this.people = new Map();
      this.event = null;
      this.sequence = -1;
      this.waiting = null; // messages, until the snapshot is there
      this.socket = null;
      this.tries = 0;
      this.ended = false;
      this.connect = this.connect.bind(this);
      this.awake = () => { if (!this.socket && !this.ended) this.again(0); };
      window.addEventListener('online', this.awake);
    }

    path(path) {
      return path + (this.occurrence ? '?occurrence_id=' + encodeURIComponent(this.occurrence) : '');
    }

    async connect() {
      if (this.ended || this.socket) return;
      let socket;
      try {
        const ticket = await this.session.call('POST', 'live/tickets', {
          body: { event_id: this.eventId, ...(this.occurrence && { occurrence_id: this.occurrence }) },
        });
        if (this.ended) return;
        socket = new WebSocket(ticket.url);
      } catch (e) {
        this.failed(Turnout.fault(e));
        return;
      }
      this.socket = socket;
      this.waiting = [];
      socket.onopen = () => this.say({ action: 'subscribe', event_id: this.eventId, occurrence_id: this.occurrence || null });
      socket.onmessage = ({ data }) => this.hear(socket, data);
      socket.onclose = () => this.dropped(socket);
      socket.onerror = () => {};
      this.guard = setTimeout(() => { if (this.socket === socket && !this.subscribed) this.drop(socket); }, PONG);
    }

    say(message) {
      if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    }

    hear(socket, data) {
      if (socket !== this.socket) return;
      this.expectNothing();
      let message;
      try {
        message = JSON.parse(data);
      } catch (e) {
        return;
      }
      this.listen(socket);
      if (message.type === 'error') {
        this.refused(socket, message.problem || {});
      } else if (message.type === 'ping') {
        this.say({ action: 'ping' });
      } else if (message.type === 'event_update' && !this.subscribed) {
        this.subscribed = true;
        if (!this.occurrence) this.occurrence = message.occurrence_id;
        this.waiting.push(message);
        this.snapshot(socket);
      } else if (this.waiting) {
        this.waiting.push(message);
      } else {
        this.apply(message);
      }
    }

    // Silence is broken from here, and an answer is waited for.
    listen(socket) {
      clearTimeout(this.heart);
      this.heart = setTimeout(() => {
        this.say({ action: 'ping' });
        this.answer = setTimeout(() => this.drop(socket), PONG);
      }, HEARTBEAT);
    }

    expectNothing() {
      clearTimeout(this.answer);
    }

    // Everybody, page by page. The first page's number holds for all: what changed meanwhile is told again.
    async whole() {
      const path = this.path('live/events/' + encodeURIComponent(this.eventId));
      const first = await this.session.call('GET', path);
      const participants = [...first.participants];
      for (let cursor = first.next_cursor; cursor;) {
        const page = await this.session.call('GET', path + (path.includes('?') ? '&' : '?') + 'cursor=' + encodeURIComponent(cursor));
        participants.push(...page.participants);
        cursor = page.next_cursor;
      }
      return { ...first, participants };
    }

    async snapshot(socket) {
      let fetched;
      try {
        fetched = await this.whole();
      } catch (e) {
        if (socket === this.socket) {
          if (this.isFinal(Turnout.fault(e))) this.failed(Turnout.fault(e));
          else this.drop(socket);
        }
        return;
      }
      if (socket !== this.socket) return;
      this.take(fetched);
      const waited = this.waiting || [];
      this.waiting = null;
      this.tries = 0;
      this.linked('live');
      waited.forEach((message) => { if (!this.waiting) this.apply(message); else this.waiting.push(message); });
    }

    take({ event, participants, sequence, as_of: asOf, occurrence_id: occurrence }) {
      this.clock.hear(asOf);
      this.event = event;
      this.occurrence ||= occurrence;
      this.sequence = sequence;
      const before = this.people;
      this.people = new Map(participants.map((person) => {
        const known = before.get(person.id);
        const trail = known ? known.trail : [];
        const made = { ...person, trail, wasHere: known?.wasHere };
        if (known && known.position && person.position && known.position.recorded_at > person.position.recorded_at) made.position = known.position;
        else if (person.position) this.trace(made);
        return [person.id, made];
      }));
      this.changed('all');
    }

    trace(person) {
      const { trail, position } = person;
      if (trail.length && trail[trail.length - 1].recorded_at >= position.recorded_at) return;
      trail.push(position);
      if (trail.length > TRAIL) trail.shift();
    }

    apply(message) {
      if (typeof message.sequence === 'number') {
        if (message.sequence <= this.sequence) return;
        if (message.sequence > this.sequence + 1) {
          this.waiting = [message];
          this.snapshot(this.socket);
          return;
        }
        this.sequence = message.sequence;
      }
      switch (message.type) {
        case 'location_update': return this.moved(message);
        case 'eta_update': return this.foretold(message);
        case 'participant_join':
        case 'participant_update': return this.came(message.participant);
        case 'participant_leave': return this.left(message);
        case 'event_update':
          this.event = message.event;
          return this.changed('all');
        default: return undefined;
      }
    }

    moved({ positions }) {
      const ids = new Set();
      positions.forEach((position) => {
        const person = this.people.get(position.participant_id);
        if (!person || (person.position && Date.parse(person.position.recorded_at) >= Date.parse(position.recorded_at))) return;
        person.position = position;
        this.trace(person);
        ids.add(person.id);
      });
      if (ids.size) this.changed({ positions: ids });
    }

    foretold({ etas, as_of: asOf }) {
      this.clock.hear(asOf);
      const ids = new Set();
      etas.forEach((eta) => {
        const person = this.people.get(eta.participant_id);
        if (!person) return;
        person.eta = { ...eta, as_of: asOf };
        ids.add(person.id);
      });
      if (ids.size) this.changed({ etas: ids });
    }

    came(participant) {
      const known = this.people.get(participant.id) || { position: null, eta: null, trail: [] };
      this.people.set(participant.id, { ...known, ...participant });
      this.changed({ people: new Set([participant.id]) });
    }

    left({ participant_id: id, reason }) {
      const person = this.people.get(id);
      if (!person) return;
      if (reason === 'consent_withdrawn') Object.assign(person, { consented: false, position: null, eta: null, trail: [] });
      else this.people.delete(id);
      this.changed({ people: new Set([id]) });
    }

    isFinal(refused) {
      return refused.word === 'loggedOut' || (refused.status >= 400 && refused.status < 500 && ![408, 409, 425, 429].includes(refused.status));
    }

    refused(socket, problem) {
      const fault = new Fault('unavailable', { status: problem.status || 0, slug: String(problem.type).split(':').pop() });
      if (this.isFinal(fault) && !this.subscribed) this.failed(new Fault('unknown', fault));
      else if (!this.subscribed) this.drop(socket);
    }

    failed(refused) {
      if (this.ended) return;
      if (this.isFinal(refused)) {
        this.end();
        this.lost(refused);
        return;
      }
      this.linked('polling');
      this.poll();
      this.again(refused.seconds ? refused.seconds * 1000 : undefined);
    }

    // Where no connection can be had, the snapshot alone shows how it stands.
    async poll() {
      try {
        const fetched = await this.whole();
        if (!this.socket && !this.ended) this.take(fetched);
      } catch (e) {
        if (this.isFinal(Turnout.fault(e)) && !this.ended) {
          this.end();
          this.lost(Turnout.fault(e));
        }
      }
    }

    drop(socket) {
      socket.onclose = null;
      socket.close();
      this.dropped(socket);
    }

    dropped(socket) {
      if (socket !== this.socket) return;
      const wasLive = this.subscribed && !this.waiting;
      this.socket = null;
      this.subscribed = false;
      this.waiting = null;
      [this.heart, this.answer, this.guard].forEach(clearTimeout);
      if (this.ended) return;
      this.linked('reconnecting');
      if (wasLive) this.again(500 + Math.random() * 1000);
      else {
        this.poll();
        this.again();
      }
    }

    again(delay) {
      clearTimeout(this.timer);
      this.tries += 1;
      const wait = delay ?? Math.min(1000 * 2 ** Math.min(this.tries, 6), LONGEST_DELAY) * (0.5 + Math.random() / 2);
      this.timer = setTimeout(this.connect, wait);
    }

    end() {
      this.ended = true;
      window.removeEventListener('online', this.awake);
      [this.timer, this.heart, this.answer, this.guard].forEach(clearTimeout);
      if (this.socket) this.socket.close();
    }
  }

  return { open: (given) => { const feed = new Feed(given); feed.connect(); return feed; } };
})();
