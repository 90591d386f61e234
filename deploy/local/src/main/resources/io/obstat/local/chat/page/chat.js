// Both panes: who one is, what is shown, and what is sent. Text that comes from anywhere is set as text only.
import { slackMessage, slackModal } from './slack.js';
import { teamsMessage } from './teams.js';

export function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}

/** An address that may become a link; null for all others. */
export function safeUrl(url) {
  return /^(https?|mailto):/i.test(String(url)) ? String(url) : null;
}

export function link(url, text) {
  const safe = safeUrl(url);
  if (!safe) return document.createTextNode(text);
  const a = el('a', '', text);
  a.href = safe;
  a.target = '_blank';
  a.rel = 'noopener noreferrer';
  return a;
}

export function time(millis) {
  return new Date(millis).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
}

export function avatar(kind) {
  const node = el('span', 'avatar ' + kind);
  node.setAttribute('aria-hidden', 'true');
  return node;
}

/** Asks, in words that a card brought, whether it is meant. */
export function confirmed(title, text, yes, no) {
  return new Promise(resolve => {
    const dialog = el('dialog', 'confirm');
    dialog.append(el('h3', '', title), el('p', '', text));
    const buttons = el('div', 'buttons');
    const cancel = el('button', 'plain', no);
    const ok = el('button', 'primary', yes);
    cancel.onclick = () => dialog.close('no');
    ok.onclick = () => dialog.close('yes');
    buttons.append(cancel, ok);
    dialog.append(buttons);
    dialog.onclose = () => { dialog.remove(); resolve(dialog.returnValue === 'yes'); };
    document.body.append(dialog);
    dialog.showModal();
  });
}

const params = new URLSearchParams(location.search);
let persona = params.get('as') || 'reviewer';
let state = null;
let abort = null;
let round = 0;
const chosen = { slack: params.get('slack'), teams: params.get('teams') };
const seen = new Map();
const rendered = { slack: new Map(), teams: new Map() };
const refreshed = new Set();

/** Does something as the person one is; the answer says what the chat would tell them. */
export async function act(what, body) {
  try {
    const answer = await fetch('page/' + what, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ persona, ...body }),
    });
    if (!answer.ok) return { problem: 'The fake chat answered ' + answer.status };
    return await answer.json();
  } catch (e) {
    return { problem: 'The fake chat does not answer' };
  }
}

async function watch() {
  const mine = ++round;
  if (abort) abort.abort();
  let since = 0;
  while (mine === round) {
    abort = new AbortController();
    try {
      const answer = await fetch(`page/state?persona=${encodeURIComponent(persona)}&since=${since}`, { signal: abort.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const next = await answer.json();
      if (mine !== round) return;
      document.getElementById('offline').hidden = true;
      if (next.version !== since) {
        since = next.version;
        state = next;
        render();
      }
    } catch (e) {
      if (mine !== round) return;
      document.getElementById('offline').hidden = false;
      since = 0;
      await new Promise(resolve => setTimeout(resolve, 1000));
    }
  }
}

function render() {
  renderPersonas();
  renderPane('slack', channel => slackItems(channel));
  renderPane('teams', channel => teamsItems(channel));
  slackModal(document.getElementById('slack-modal'), state.slack.views, { users: state.users, persona });
}

function renderPersonas() {
  const select = document.getElementById('persona');
  if (select.options.length === 0) {
    for (const each of state.personas) {
      const note = each.kind === 'GUEST' ? ', a guest' : each.name === 'stranger' ? ', unknown to the directory' : '';
      const option = el('option', '', `${each.displayName} (${each.name}${note})`);
      option.value = each.name;
      select.append(option);
    }
    select.onchange = () => {
      persona = select.value;
      for (const pane of Object.values(rendered)) pane.clear();
      watch();
    };
  }
  select.value = persona;
}

function lastOf(channel) {
  let last = '';
  for (const message of [...channel.messages, ...(channel.ephemerals || [])]) {
    for (const each of [message, ...(message.replies || [])]) {
      const id = each.ts || each.id;
      if (id > last) last = id;
    }
  }
  return last;
}

function renderPane(name, items) {
  const channels = state[name].channels;
  let channel = channels.find(each => each.id === chosen[name]);
  if (!channel) {
    channel = channels.find(each => each.messages.length > 0) || channels[0];
  }
  if (channel.messages.length > 0 && !chosen[name]) chosen[name] = channel.id;
  const list = document.getElementById(name + '-channels');
  list.replaceChildren();
  let group = null;
  for (const each of channels) {
    if (group !== each.direct) {
      group = each.direct;
      list.append(el('div', 'group', group ? (name === 'slack' ? 'Direct messages' : 'Chat') : 'Channels'));
    }
    const key = name + persona + each.id;
    if (each === channel) seen.set(key, lastOf(each));
    const unread = lastOf(each) > (seen.get(key) || '');
    const button = el('button', 'channel' + (each === channel ? ' chosen' : '') + (unread ? ' unread' : ''));
    button.append(el('span', 'sigil', each.direct ? '●' : '#'), el('span', '', each.name));
    button.onclick = () => { chosen[name] = each.id; rendered[name].clear(); render(); };
    list.append(button);
  }
  const title = document.getElementById(name + '-title');
  title.replaceChildren(el('strong', '', (channel.direct ? '' : '# ') + channel.name));
  title.append(el('span', 'muted', channel.direct ? ' a chat with the app' : ' everybody and the app'));
  reconcile(document.getElementById(name + '-messages'), rendered[name], items(channel), channel);
}

/** Keeps what has not changed, with what is being typed in it. */
function reconcile(box, cache, items, channel) {
  const bottom = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const nodes = [];
  const keys = new Set();
  for (const item of items) {
    const json = JSON.stringify(item.data);
    keys.add(item.key);
    const known = cache.get(item.key);
    if (known && known.json === json) {
      nodes.push(known.node);
    } else {
      const node = item.make();
      cache.set(item.key, { json, node });
      nodes.push(node);
    }
  }
  for (const key of [...cache.keys()]) if (!keys.has(key)) cache.delete(key);
  if (nodes.length === 0) {
    const empty = el('div', 'empty');
    empty.append(el('p', '', 'Nothing was said here yet.'), el('p', 'muted', 'Let an agent ask for something: ./obstat demo'));
    nodes.push(empty);
  }
  const same = box.childNodes.length === nodes.length && nodes.every((node, i) => box.childNodes[i] === node);
  if (!same) box.replaceChildren(...nodes);
  if (bottom || box.dataset.channel !== channel.id) box.scrollTop = box.scrollHeight;
  box.dataset.channel = channel.id;
}

function slackItems(channel) {
  const ephemerals = channel.ephemerals;
  const inThread = ts => ephemerals.filter(each => each.thread === ts);
  const items = channel.messages.map(message => ({
    key: channel.id + message.ts,
    at: message.ts,
    data: [message, inThread(message.ts)],
    make: () => slackMessage(message, inThread(message.ts), { channel: channel.id, users: state.users }),
  }));
  for (const each of ephemerals) {
    if (!each.thread || !channel.messages.some(message => message.ts === each.thread)) {
      items.push({
        key: 'e' + each.ts,
        at: each.ts,
        data: each,
        make: () => slackMessage({ ...each, replies: [] }, [], { channel: channel.id, users: state.users, ephemeral: true }),
      });
    }
  }
  return items.sort((a, b) => (a.at < b.at ? -1 : 1));
}

function teamsItems(channel) {
  for (const message of channel.messages.flatMap(each => [each, ...each.replies])) {
    const key = [persona, channel.id, message.id, message.version].join(' ');
    if (message.refreshes && !message.own && !refreshed.has(key)) {
      refreshed.add(key);
      act('teams/refresh', { conversation: channel.id, activity: message.id });
    }
  }
  return channel.messages.map(message => ({
    key: channel.id + message.id,
    data: message,
    make: () => teamsMessage(message, { conversation: channel.id }),
  }));
}

watch();
