'use strict';

// Positions that were taken and not sent yet, in the browser's own store, so that they outlive a dead spot and a reload.
// One participant's are never mixed with another's. Without such a store (private windows), they are kept while the page
// is open. Nothing else is kept, and not the link.
const Queue = (() => {
  const MOST = 5000;
  const LONGEST = 24 * 3600 * 1000;

  function promise(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  function database() {
    const request = indexedDB.open('turnout', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('pings', { keyPath: ['participant', 'at'] });
    return promise(request);
  }

  const range = (participant) => IDBKeyRange.bound([participant, 0], [participant, Infinity]);

  class Stored {
    constructor(database, participant) {
      this.database = database;
      this.participant = participant;
    }

    store(mode) {
      return this.database.transaction('pings', mode).objectStore('pings');
    }

    async add(at, ping) {
      await promise(this.store('readwrite').put({ participant: this.participant, at, ping }));
    }

    async first(most) {
      return promise(this.store('readonly').getAll(range(this.participant), most));
    }

    async remove(kept) {
      const store = this.store('readwrite');
      await Promise.all(kept.map(({ at }) => promise(store.delete([this.participant, at]))));
    }

    async count() {
      return promise(this.store('readonly').count(range(this.participant)));
    }

    async clear() {
      await promise(this.store('readwrite').delete(range(this.participant)));
    }
  }

  class InMemory {
    constructor() {
      this.kept = [];
    }

    async add(at, ping) {
      this.kept.push({ at, ping });
    }

    async first(most) {
      return this.kept.slice(0, most);
    }

    async remove(kept) {
      this.kept = this.kept.filter(({ at }) => !kept.some((each) => each.at === at));
    }

    async count() {
      return this.kept.length;
    }

    async clear() {
      this.kept = [];
    }
  }

  // The oldest go when there are too many, or when nobody would take them any more.
  async function trim(queue, now) {
    const over = (await queue.count()) - MOST;
    if (over > 0) await queue.remove(await queue.first(over));
    const old = (await queue.first(MOST)).filter(({ at }) => at < now - LONGEST);
    if (old.length) await queue.remove(old);
  }

  async function open(participant) {
    let queue;
    try {
      queue = new Stored(await database(), participant);
      await trim(queue, Date.now());
    } catch (e) {
      queue = new InMemory();
    }
    return queue;
  }

  return { open, trim };
})();
