// Block Kit, about as Slack draws it.
import { act, avatar, confirmed, el, link, safeUrl, time } from './chat.js';

const EMOJI = {
  white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', no_entry: '⛔', no_entry_sign: '🚫', warning: '⚠️', lock: '🔒', unlock: '🔓',
  key: '🔑', hourglass: '⌛', hourglass_flowing_sand: '⏳', eyes: '👀', rotating_light: '🚨', bell: '🔔', robot_face: '🤖', stopwatch: '⏱️',
  large_green_circle: '🟢', large_yellow_circle: '🟡', large_orange_circle: '🟠', red_circle: '🔴', large_blue_circle: '🔵', white_circle: '⚪',
  shield: '🛡️', memo: '📝', mag: '🔍', point_right: '👉', raised_hand: '✋', thumbsup: '👍', thumbsdown: '👎', '+1': '👍', '-1': '👎', link: '🔗',
  information_source: 'ℹ️', page_facing_up: '📄', alarm_clock: '⏰', bust_in_silhouette: '👤', busts_in_silhouette: '👥', wave: '👋',
};

function emoji(name) {
  return EMOJI[name] || `:${name}:`;
}

function slackTime(ts) {
  return Number(ts.split('.')[0]) * 1000;
}

export function formatDate(seconds, format) {
  const date = new Date(seconds * 1000);
  const tokens = {
    date_num: () => date.toISOString().slice(0, 10),
    date: () => date.toLocaleDateString([], { year: 'numeric', month: 'long', day: 'numeric' }),
    date_short: () => date.toLocaleDateString([], { year: 'numeric', month: 'short', day: 'numeric' }),
    date_long: () => date.toLocaleDateString([], { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }),
    time: () => date.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' }),
    time_secs: () => date.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
    ago: () => {
      const minutes = Math.round((Date.now() - date.getTime()) / 60000);
      const text = Math.abs(minutes) < 60 ? `${Math.abs(minutes)} minutes` : `${Math.round(Math.abs(minutes) / 60)} hours`;
      return minutes >= 0 ? `${text} ago` : `in ${text}`;
    },
  };
  return String(format).replace(/\{(\w+?)(_pretty)?\}/g, (whole, token) => {
    const key = tokens[token] ? token : token.replace(/_pretty$/, '');
    return tokens[key] ? tokens[key]() : whole;
  });
}

function styled(node, style) {
  for (const name of ['bold', 'italic', 'strike', 'underline', 'code']) {
    if (style && style[name]) node.classList.add('s-' + name);
  }
  return node;
}

function unescape(text) {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Slack's markup. */
function mrkdwn(text, users, into) {
  const pattern = /```([\s\S]+?)```|`([^`\n]+)`|<([^>\n]+)>|:([a-z0-9_+-]+):|(?<![\w*])\*(?=\S)([^*\n]+?)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)_(?!\w)|(?<!\w)~(?=\S)([^~\n]+?)~(?!\w)|^(?:&gt;|>) ?(.*)$/gm;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    into.append(unescape(text.slice(at, match.index)));
    at = match.index + match[0].length;
    if (match[1] !== undefined) into.append(el('pre', '', unescape(match[1].replace(/^\n/, ''))));
    else if (match[2] !== undefined) into.append(el('code', '', unescape(match[2])));
    else if (match[3] !== undefined) into.append(reference(match[3], users));
    else if (match[4] !== undefined) into.append(emoji(match[4]));
    else if (match[5] !== undefined) into.append(mrkdwn(match[5], users, el('b')));
    else if (match[6] !== undefined) into.append(mrkdwn(match[6], users, el('i')));
    else if (match[7] !== undefined) into.append(mrkdwn(match[7], users, el('s')));
    else into.append(mrkdwn(match[8], users, el('blockquote')));
  }
  into.append(unescape(text.slice(at)));
  return into;
}

function reference(inner, users) {
  const [target, label] = inner.split('|');
  if (target.startsWith('@')) return mention(users, target.slice(1));
  if (target.startsWith('#')) return el('span', 'mention', '#' + (label || target.slice(1)));
  if (target.startsWith('!date^')) {
    const [, seconds, format] = target.split('^');
    return el('span', '', formatDate(Number(seconds), format || '{date}'));
  }
  if (target.startsWith('!')) return el('span', 'mention', label || '@' + target.slice(1).replace('subteam^', ''));
  return link(unescape(target), unescape(label || target));
}

function mention(users, id) {
  return el('span', 'mention', '@' + (users[id] || id));
}

function textObject(object, users, className) {
  const node = el('span', className);
  if (!object) return node;
  if (object.type === 'mrkdwn') return mrkdwn(object.text, users, node);
  node.textContent = String(object.text).replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] || whole);
  return node;
}

function inline(element, users) {
  switch (element.type) {
    case 'text': return styled(el('span', '', element.text), element.style);
    case 'link': {
      const node = styled(el('span'), element.style);
      node.append(link(element.url, element.text || element.url));
      return node;
    }
    case 'user': return mention(users, element.user_id);
    case 'usergroup': return el('span', 'mention', '@' + element.usergroup_id);
    case 'channel': return el('span', 'mention', '#' + element.channel_id);
    case 'emoji': return el('span', '', emoji(element.name));
    case 'date': return styled(el('span', '', formatDate(element.timestamp, element.format)), element.style);
    case 'broadcast': return el('span', 'mention', '@' + element.range);
    default: return el('span', '', '');
  }
}

function richText(element, users) {
  if (element.type === 'rich_text_list') {
    const list = el(element.style === 'ordered' ? 'ol' : 'ul', 'indent-' + Math.min(element.indent || 0, 8));
    for (const each of element.elements) {
      const item = el('li');
      item.append(...each.elements.map(part => inline(part, users)));
      list.append(item);
    }
    return list;
  }
  const tag = { rich_text_preformatted: 'pre', rich_text_quote: 'blockquote' }[element.type] || 'div';
  const node = el(tag);
  node.append(...element.elements.map(part => inline(part, users)));
  return node;
}

function button(element, context) {
  const style = element.style === 'primary' ? ' primary' : element.style === 'danger' ? ' danger' : '';
  const node = el('button', 'sbtn' + style);
  node.append(textObject(element.text, context.users));
  node.onclick = async () => {
    const ask = element.confirm;
    if (ask && !(await confirmed(ask.title.text, ask.text.text, ask.confirm.text, ask.deny.text))) return;
    if (element.url && safeUrl(element.url)) window.open(element.url, '_blank', 'noopener');
    if (!context.click) return;
    node.classList.add('busy');
    const answer = await context.click(element.action_id);
    node.classList.remove('busy');
    context.warn(answer.problem);
  };
  return node;
}

function interactive(element, context) {
  if (element.type === 'button') return button(element, context);
  if (element.type === 'image') return image(element, 'thumb');
  const node = el('button', 'sbtn', (element.placeholder && element.placeholder.text) || 'Choose …');
  node.disabled = true;
  node.title = 'This page clicks buttons only';
  return node;
}

function image(element, className) {
  const node = el('img', className);
  node.alt = element.alt_text;
  if (/^https:/.test(element.image_url)) node.src = element.image_url;
  return node;
}

function block(block, context) {
  const users = context.users;
  switch (block.type) {
    case 'header': { const node = el('div', 'b-header'); node.append(textObject(block.text, users)); return node; }
    case 'divider': return el('hr');
    case 'section': {
      const node = el('div', 'b-section');
      const left = el('div', 'b-main');
      if (block.text) left.append(textObject(block.text, users, 'b-text'));
      if (block.fields) {
        const fields = el('div', 'b-fields');
        for (const field of block.fields) fields.append(textObject(field, users, 'b-text'));
        left.append(fields);
      }
      node.append(left);
      if (block.accessory) node.append(interactive(block.accessory, context));
      return node;
    }
    case 'context': {
      const node = el('div', 'b-context');
      for (const each of block.elements) node.append(each.type === 'image' ? image(each, 'mini') : textObject(each, users));
      return node;
    }
    case 'actions': {
      const node = el('div', 'b-actions');
      for (const each of block.elements) node.append(interactive(each, context));
      return node;
    }
    case 'rich_text': {
      const node = el('div', 'b-rich');
      node.append(...block.elements.map(each => richText(each, users)));
      return node;
    }
    case 'image': { const node = el('div', 'b-image'); node.append(image(block, 'picture')); return node; }
    case 'input': return input(block, context);
    default: return el('div', 'muted', `(${block.type})`);
  }
}

function input(block, context) {
  const node = el('label', 'b-input');
  const label = el('span', 'b-label', block.label.text);
  if (block.optional) label.append(el('span', 'muted', ' (optional)'));
  const element = block.element;
  let field;
  if (element.options) {
    field = el('select');
    field.append(el('option', '', ''));
    for (const option of element.options) {
      const each = el('option', '', option.text.text);
      each.value = option.value;
      field.append(each);
    }
  } else {
    field = el(element.multiline ? 'textarea' : 'input');
    field.value = element.initial_value || '';
    field.placeholder = (element.placeholder && element.placeholder.text) || '';
    if (element.max_length) field.maxLength = element.max_length;
  }
  if (element.focus_on_load) field.autofocus = true;
  if (context.fields) context.fields.set(block.block_id, field);
  node.append(label, field);
  if (block.hint) node.append(el('span', 'muted', block.hint.text));
  return node;
}

function body(message, context) {
  const node = el('div', 'm-body');
  if (message.blocks.length > 0) node.append(...message.blocks.map(each => block(each, context)));
  else node.append(mrkdwn(message.text, context.users, el('div', 'b-text')));
  return node;
}

/** A message with its thread. */
export function slackMessage(message, whispers, where) {
  const node = el('article', 'message' + (where.ephemeral ? ' ephemeral' : ''));
  node.append(avatar('app'));
  const right = el('div', 'm-right');
  if (where.ephemeral) right.append(el('div', 'only-you', 'Only visible to you'));
  const head = el('div', 'm-head');
  head.append(el('strong', '', 'Obstat'), el('span', 'badge', 'APP'), el('span', 'muted', time(slackTime(message.ts))));
  const problem = el('div', 'problem');
  problem.hidden = true;
  const warn = text => { problem.hidden = !text; problem.textContent = text ? '⚠ ' + text : ''; };
  const click = where.ephemeral ? null : action => act('slack/click', { channel: where.channel, ts: message.ts, action });
  right.append(head, body(message, { users: where.users, click, warn }));
  if (message.edited) right.append(el('span', 'muted edited', '(edited)'));
  right.append(problem);
  const replies = [
    ...message.replies.map(reply => [reply.ts, { ...reply, replies: [] }, false]),
    ...whispers.map(whisper => [whisper.ts, { ...whisper, replies: [] }, true]),
  ].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  if (replies.length > 0) {
    const thread = el('details', 'thread');
    thread.open = true;
    thread.append(el('summary', '', replies.length === 1 ? '1 reply' : replies.length + ' replies'));
    for (const [, reply, ephemeral] of replies) thread.append(slackMessage(reply, [], { ...where, ephemeral }));
    right.append(thread);
  }
  node.append(right);
  return node;
}

let shown = '';

/** The topmost modal of the person, over the pane. */
export function slackModal(place, views, context) {
  const view = views[views.length - 1];
  const key = view ? context.persona + JSON.stringify(view) : '';
  if (key === shown) return;
  shown = key;
  place.replaceChildren();
  if (!view) return;
  const content = view.content;
  const back = el('div', 'modal-back');
  const modal = el('form', 'modal');
  modal.setAttribute('role', 'dialog');
  const fields = new Map();
  const head = el('div', 'modal-head');
  head.append(avatar('app'), el('strong', '', content.title.text));
  const problem = el('div', 'problem');
  problem.hidden = true;
  const show = text => { problem.hidden = !text; problem.textContent = text ? '⚠ ' + text : ''; };
  const inside = el('div', 'modal-body');
  inside.append(...content.blocks.map(each => block(each, { users: context.users, warn: show, fields })), problem);
  const foot = el('div', 'modal-foot');
  const close = el('button', 'sbtn', (content.close && content.close.text) || 'Close');
  close.type = 'button';
  close.onclick = () => act('slack/dismiss', { view: view.id });
  foot.append(close);
  if (content.submit) {
    const submit = el('button', 'sbtn primary', content.submit.text);
    foot.append(submit);
    modal.onsubmit = async event => {
      event.preventDefault();
      submit.disabled = true;
      const values = {};
      for (const [id, field] of fields) values[id] = field.value;
      const answer = await act('slack/submit', { view: view.id, values });
      submit.disabled = false;
      show(answer.problem);
    };
  }
  modal.append(head, inside, foot);
  back.append(modal);
  place.append(back);
  const first = [...fields.values()][0];
  if (first) first.focus();
}
