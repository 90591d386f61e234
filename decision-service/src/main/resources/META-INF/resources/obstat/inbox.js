// The inbox, live. Everything here is an addition: without it the pages work by links and forms.
// Rules: the server says what is true (/inbox/state); nothing moves under the cursor; nothing new is inserted unasked.
'use strict';

(() => {
  const ROUND_MS = 500;
  const POLL_MS = 20_000;
  const SETTLE_MS = 300;
  const ANSWER_MS = 15_000;
  const live = document.querySelector('[data-live]');
  const onBoard = () => live?.dataset.live === 'board';
  const news = document.getElementById('news');
  const rows = () => [...document.querySelectorAll('.card')];
  const rowOf = (id) => document.getElementById(`row-${id}`);
  const current = () => document.activeElement?.closest('.card') ?? document.querySelector('article.request');
  const headers = { 'X-Requested-With': 'JavaScript' };

  const say = (text) => {
    const region = document.getElementById('say');
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 50);
  };

  // ---- time ----

  let serverAhead = 0;

  const left = (seconds) => {
    if (seconds <= 0) return 'time is up';
    const two = (first, unit, second, smaller) => `${first} ${unit}${second ? ` ${second} ${smaller}` : ''}`;
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (minutes === 0) return `expires in ${Math.floor(seconds)} s`;
    if (hours === 0) return `expires in ${minutes} min`;
    if (days === 0) return `expires in ${two(hours, 'h', minutes % 60, 'min')}`;
    return `expires in ${two(days, days === 1 ? 'day' : 'days', hours % 24, 'h')}`;
  };

  const tick = () => {
    for (const time of document.querySelectorAll('time[data-countdown]')) {
      const seconds = (Date.parse(time.dateTime) - Date.now() - serverAhead) / 1000;
      const text = left(seconds);
      if (time.textContent !== text) time.textContent = text;
      time.classList.toggle('soon', seconds > 0 && seconds <= 600);
      time.classList.toggle('over', seconds <= 0);
    }
  };

  // ---- what is true now ----

  const link = (text, href) => {
    const present = news.querySelector('a');
    if (present?.textContent === text) return;
    const a = document.createElement('a');
    a.href = href;
    a.textContent = text;
    a.dataset.testid = 'news';
    news.replaceChildren(a);
    say(text);
  };

  // Somebody writes or signs in there.
  const busy = (area) => area.querySelector('details[open] textarea, form[data-asked]');

  const refresh = (row) => {
    if (row.classList.contains('htmx-request')) return;
    if (!busy(row)) {
      htmx.ajax('GET', `/inbox/${row.dataset.id}/card`, { source: row, target: row, swap: 'outerHTML' });
    } else if (!row.querySelector('.changed')) {
      const note = document.createElement('p');
      note.className = 'notice changed';
      note.textContent = 'This request has changed while you were writing. What you send is judged as it stands now.';
      row.querySelector('details[open] form')?.prepend(note);
    }
  };

  const applyBoard = (state) => {
    const arrived = state.cards.filter((card) => card.place !== 'DECIDED' && !rowOf(card.id));
    for (const card of state.cards) {
      const row = rowOf(card.id);
      if (row && row.dataset.version !== card.version) refresh(row);
    }
    document.getElementById('count').textContent = state.waiting;
    document.title = `${state.waiting > 0 ? `(${state.waiting}) ` : ''}Inbox · Obstat`;
    if (arrived.length > 0) link(`${arrived.length} new — show`, '/inbox');
    else if (news.querySelector('a')) news.replaceChildren();
  };

  const applyRequest = (state) => {
    if (state.cards.some((card) => card.id === live.dataset.id && card.version !== live.dataset.version)) {
      link('This request has changed — show', `/inbox/${live.dataset.id}`);
    }
  };

  let syncing = false;
  let failures = 0;
  let swaps = 0;

  const sync = async () => {
    if (!live) return;
    // What changes while the answer is under way may not be in it.
    if (syncing) return nudge();
    syncing = true;
    const asked = swaps;
    try {
      const of = onBoard() ? '' : `?of=${live.dataset.id}`;
      const response = await fetch(`/inbox/state${of}`, { headers, redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) });
      if (response.status === 401 || response.status === 499) {
        link('Your session has ended — sign in', location.href);
        return;
      }
      if (!response.ok) throw new Error(response.status);
      serverAhead = Date.parse(response.headers.get('Date')) - Date.now() || 0;
      const state = await response.json();
      if (failures > 1) news.replaceChildren();
      failures = 0;
      // What was true before a card came may be older than the card: it would take back the answer that it brought.
      if (asked !== swaps) nudge();
      else if (onBoard()) applyBoard(state); else applyRequest(state);
    } catch {
      failures += 1;
      if (failures > 1) link('Not connected — try again', location.href);
    } finally {
      syncing = false;
    }
  };

  // However fast the news come, the page looks once a round, and after the last of them once more.
  let pending;
  const nudge = () => { pending ??= setTimeout(() => { pending = undefined; sync(); }, ROUND_MS); };

  let events;
  const listen = () => {
    events?.close();
    events = undefined;
    if (document.visibilityState !== 'visible') return;
    events = new EventSource('/inbox/events');
    events.onopen = nudge;
    events.onmessage = nudge;
    nudge();
  };

  // ---- nothing moves under the cursor ----

  let pointer = { x: -1, y: -1 };
  document.addEventListener('pointermove', (event) => { pointer = { x: event.clientX, y: event.clientY }; }, { passive: true });

  let held;
  let settling;
  document.addEventListener('htmx:beforeSwap', (event) => {
    const row = event.detail.target.closest('.card, .plan');
    const area = row ?? event.detail.target;
    // The news of a decision may be faster than the answer to whoever made it. The answer says more, and its form must not be gone when it comes.
    // Nor may what somebody has begun to write or to sign since the news were asked for.
    if (event.detail.requestConfig.verb === 'get' && (area.querySelector('form.htmx-request') || busy(area))) {
      event.detail.shouldSwap = false;
      nudge();
      return;
    }
    const anchor = document.elementFromPoint(pointer.x, pointer.y)?.closest('.card') ?? current();
    held = {
      row: row && {
        id: row.dataset.id,
        height: row.querySelector('details[open]') ? 0 : row.offsetHeight,
        focused: row.contains(document.activeElement),
      },
      anchor: anchor && { id: anchor.dataset.id, top: anchor.getBoundingClientRect().top },
      known: new Set(rows().map((known) => known.dataset.id)),
      ticked: event.detail.requestConfig.verb === 'get' ? [...document.querySelectorAll('.pick input:checked')].map((pick) => pick.value) : [],
    };
  });

  // In the same task as the swap (defaultSettleDelay of htmx is 0), so that nobody can click in between and no other swap comes in between.
  document.addEventListener('htmx:afterSettle', () => {
    if (!held) return;
    const { row, anchor, known, ticked } = held;
    held = undefined;
    swaps += 1;
    // A click that was meant for what stood here a moment ago is not taken.
    document.body.classList.add('settling');
    clearTimeout(settling);
    settling = setTimeout(() => document.body.classList.remove('settling'), SETTLE_MS);
    // News take no tick back as long as the action is the same: its digest is in the value.
    for (const pick of document.querySelectorAll('.pick input')) if (ticked.includes(pick.value)) pick.checked = true;
    tick();
    if (row) {
      const now = rowOf(row.id);
      if (!now) return;
      now.style.minHeight = `${row.height}px`;
      now.classList.add('fresh');
      setTimeout(() => now.classList.remove('fresh'), SETTLE_MS);
      if (row.focused) now.focus({ preventScroll: true });
      const result = now.querySelector('[data-testid=result]');
      if (result) say(result.textContent);
    } else {
      news.replaceChildren();
      const first = rows().find((card) => !known.has(card.dataset.id));
      first?.focus();
    }
    const same = anchor && rowOf(anchor.id);
    if (row && same) scrollBy(0, same.getBoundingClientRect().top - anchor.top);
    nudge();
  });

  news.addEventListener('click', (event) => {
    if (!onBoard() || !event.target.closest('a')?.textContent.endsWith('new — show')) return;
    event.preventDefault();
    const open = document.querySelector('form.htmx-request') ?? busy(document);
    if (open) {
      open.closest('.card, .plan')?.scrollIntoView({ block: 'nearest' });
      say('Send or close first what is open here.');
      return;
    }
    htmx.ajax('GET', '/inbox', { target: '#board', select: '#board', swap: 'outerHTML' });
  });

  // ---- when an answer does not come ----

  const notReached = (event) => {
    const row = event.detail.elt.closest('.card, .plan');
    if (!row || event.detail.requestConfig?.verb !== 'post') return;
    const gone = event.detail.xhr?.status === 499 || event.detail.xhr?.status === 401;
    const note = document.createElement('div');
    note.className = 'refusal';
    note.dataset.testid = 'result';
    note.textContent = gone
      ? 'Your session has ended, so this was not recorded. Reload the page and sign in.'
      : 'No answer came, so this may not be recorded. Press again: pressing twice counts once.';
    row.querySelector('[data-testid=result]')?.remove();
    event.detail.elt.closest('.acts').before(note);
    say(note.textContent);
  };
  document.addEventListener('htmx:configRequest', (event) => Object.assign(event.detail.headers, headers));
  document.addEventListener('htmx:sendError', notReached);
  document.addEventListener('htmx:responseError', notReached);

  // ---- one key each ----

  const KEYS = 'obstat.keys';
  const keysOn = () => localStorage.getItem(KEYS) !== 'off';
  const showKeys = () => {
    document.body.classList.toggle('keys-on', keysOn());
    const box = document.getElementById('keys');
    if (box) box.checked = keysOn();
  };
  document.addEventListener('change', (event) => {
    if (event.target.id !== 'keys') return;
    localStorage.setItem(KEYS, event.target.checked ? 'on' : 'off');
    showKeys();
  });

  const go = (row) => { row?.focus(); row?.scrollIntoView({ block: 'nearest' }); };
  const move = (step) => {
    const all = rows();
    const at = all.indexOf(current());
    go(at < 0 ? all[step > 0 ? 0 : all.length - 1] : all[at + step]);
  };
  const next = () => {
    const all = rows();
    const at = all.indexOf(current());
    go([...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find((row) => row.dataset.place === 'YOURS'));
  };
  const act = (name) => current()?.querySelector(`[data-act=${name}]`);
  // Like a click, a key does not mean what has come under it a moment ago.
  const press = (name) => { if (!current()?.matches('.fresh')) act(name)?.click(); };
  const openReason = () => {
    const details = act('reject')?.closest('details');
    if (!details) return;
    details.open = true;
    details.querySelector('textarea').focus();
  };
  const commands = {
    j: () => move(1),
    k: () => move(-1),
    n: next,
    a: () => press('approve'),
    r: openReason,
    x: () => press('pick'),
    o: () => current()?.querySelector('h3 a')?.click(),
    s: () => news.querySelector('a')?.click(),
    '?': () => {
      const help = document.getElementById('help');
      if (!help) return;
      help.open = true;
      help.querySelector('summary').focus();
    },
  };

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      const details = event.target.closest('details[open]');
      if (details) { details.open = false; details.querySelector('summary').focus(); }
      return;
    }
    const typing = event.target.closest('textarea, select, input:not([type=checkbox])');
    if (!keysOn() || typing || event.repeat && 'arx'.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = event.target.matches('.card') ? { ArrowDown: 'j', ArrowUp: 'k' }[event.key] : undefined;
    const command = commands[arrow ?? event.key];
    if (!command) return;
    event.preventDefault();
    command();
  });

  document.addEventListener('toggle', (event) => {
    if (event.target.matches?.('.acts details[open]')) event.target.querySelector('textarea').focus();
  }, true);

  // ---- start ----

  showKeys();
  if (live) {
    document.addEventListener('visibilitychange', listen);
    setInterval(() => { if (document.visibilityState === 'visible') sync(); }, POLL_MS);
    setInterval(tick, 1000);
    listen();
  }
})();
