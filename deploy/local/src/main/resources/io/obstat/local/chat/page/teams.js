// Adaptive Cards up to 1.5, about as Teams draws them. What is drawn is what the Bot Connector here takes.
import { act, avatar, el, link, safeUrl, time } from './chat.js';

function lower(value, otherwise) {
  return String(value === undefined || value === null ? otherwise : value).toLowerCase();
}

/** {{DATE(...)}} and {{TIME(...)}}. */
function dates(text) {
  return String(text).replace(/\{\{(DATE|TIME)\(([^,)]+)(?:,\s*(\w+))?\)\}\}/g, (whole, what, moment, form) => {
    const date = new Date(moment.trim());
    if (Number.isNaN(date.getTime())) return whole;
    if (what === 'TIME') return date.toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' });
    if (form === 'LONG') return date.toLocaleDateString([], { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' });
    if (form === 'SHORT') return date.toLocaleDateString([], { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' });
    return date.toLocaleDateString();
  });
}

/** The markdown that a TextBlock knows: bold, italic, links, lists. */
function markdown(text, into) {
  let list = null;
  dates(text).split(/\r?\n/).forEach((line, i, lines) => {
    const item = /^\s*(?:([-*])|(\d+)\.)\s+(.*)$/.exec(line);
    if (item) {
      const tag = item[1] ? 'UL' : 'OL';
      if (!list || list.tagName !== tag) {
        list = el(tag.toLowerCase());
        into.append(list);
      }
      list.append(spans(item[3], el('li')));
    } else {
      list = null;
      spans(line, into);
      if (i < lines.length - 1) into.append(el('br'));
    }
  });
  return into;
}

function spans(text, into) {
  const pattern = /\\([\\`*_{}[\]()#+.!~>|-])|\[([^\]\n]+)\]\(([^)\s]+)\)|\*\*(?=\S)(.+?)\*\*|(?<!\w)_(?=\S)([^_]+?)_(?!\w)|(?<![*\w])\*(?=\S)([^*]+?)\*(?![*\w])/g;
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    into.append(text.slice(at, match.index));
    at = match.index + match[0].length;
    if (match[1] !== undefined) into.append(match[1]);
    else if (match[2] !== undefined) into.append(link(match[3], match[2]));
    else if (match[4] !== undefined) into.append(spans(match[4], el('b')));
    else into.append(spans(match[5] !== undefined ? match[5] : match[6], el('i')));
  }
  into.append(text.slice(at));
  return into;
}

function font(node, source) {
  node.classList.add('size-' + lower(source.size, 'default'), 'weight-' + lower(source.weight, 'default'), 'color-' + lower(source.color, 'default'));
  if (source.isSubtle) node.classList.add('subtle');
  if (lower(source.fontType) === 'monospace') node.classList.add('mono');
  return node;
}

function place(node, element, first) {
  if (!first) node.classList.add('space-' + lower(element.spacing, 'default'));
  if (element.separator) node.classList.add('separated');
  if (element.horizontalAlignment) node.classList.add('align-' + lower(element.horizontalAlignment));
  if (element.isVisible === false) node.hidden = true;
  if (element.id) node.dataset.element = element.id;
  return node;
}

function elements(list, into, context) {
  (list || []).forEach((element, i) => into.append(place(draw(element, context), element, i === 0)));
  return into;
}

function box(node, element, context) {
  if (element.style && lower(element.style) !== 'default') node.classList.add('boxed', 'box-' + lower(element.style));
  select(node, element, context);
  return node;
}

function select(node, element, context) {
  if (!element.selectAction) return;
  node.classList.add('selectable');
  node.tabIndex = 0;
  node.onclick = () => run(element.selectAction, node, context);
}

function draw(element, context) {
  switch (element.type) {
    case 'TextBlock': {
      const node = font(el('div', 't-text'), element);
      if (lower(element.style) === 'heading') node.classList.add('heading');
      if (!element.wrap) node.classList.add('clipped');
      return markdown(element.text, node);
    }
    case 'RichTextBlock': {
      const node = el('div', 't-rich');
      for (const run of element.inlines) {
        if (typeof run === 'string') { node.append(run); continue; }
        const span = font(el('span', '', dates(run.text)), run);
        for (const name of ['italic', 'strikethrough', 'underline', 'highlight']) if (run[name]) span.classList.add('r-' + name);
        select(span, run, context);
        node.append(span);
      }
      return node;
    }
    case 'Container': return box(elements(element.items, el('div', 't-container'), context), element, context);
    case 'ColumnSet': {
      const node = box(el('div', 't-columns'), element, context);
      (element.columns || []).forEach((column, i) => {
        const width = String(column.width === undefined ? 'stretch' : column.width);
        const kind = width === 'auto' ? 'w-auto' : 'w-stretch';
        const each = box(elements(column.items, el('div', 't-column ' + kind), context), column, context);
        if (/^\d+$/.test(width)) each.style.flexGrow = width;
        if (/^\d+px$/.test(width)) { each.style.flex = 'none'; each.style.width = width; }
        if (column.verticalContentAlignment) each.classList.add('v-' + lower(column.verticalContentAlignment));
        node.append(place(each, { ...column, spacing: undefined, separator: false }, i === 0));
      });
      return node;
    }
    case 'FactSet': {
      const node = el('div', 't-facts');
      for (const fact of element.facts) {
        node.append(spans(dates(fact.title), el('div', 't-fact-title')), markdown(fact.value, el('div', 't-fact-value')));
      }
      return node;
    }
    case 'ActionSet': return actions(element.actions, context);
    case 'Image': return picture(element);
    case 'ImageSet': { const node = el('div', 't-images'); node.append(...element.images.map(picture)); return node; }
    case 'Table': return table(element, context);
    case 'Input.Text': case 'Input.ChoiceSet': case 'Input.Toggle': return input(element, context);
    default: return el('div', 'muted', `(${element.type})`);
  }
}

function picture(element) {
  const node = el('img', 't-image img-' + lower(element.size, 'auto') + (lower(element.style) === 'person' ? ' person' : ''));
  node.alt = element.altText || '';
  if (/^(https:|data:image\/)/.test(element.url)) node.src = element.url;
  return node;
}

function table(element, context) {
  const node = el('table', 't-table' + (element.showGridLines === false ? '' : ' lined'));
  (element.rows || []).forEach((row, i) => {
    const line = el('tr');
    for (const cell of row.cells || []) {
      line.append(elements(cell.items, el(i === 0 && element.firstRowAsHeader !== false ? 'th' : 'td'), context));
    }
    node.append(line);
  });
  return node;
}

function input(element, context) {
  const node = el('label', 't-input');
  if (element.label) {
    const label = el('span', 't-label', element.label);
    if (element.isRequired) label.append(el('span', 'required', ' *'));
    node.append(label);
  }
  let field;
  if (element.type === 'Input.ChoiceSet') {
    field = el('select');
    if (!element.value) field.append(el('option', '', ''));
    for (const choice of element.choices || []) {
      const option = el('option', '', choice.title);
      option.value = choice.value;
      field.append(option);
    }
    field.value = element.value || '';
  } else if (element.type === 'Input.Toggle') {
    field = el('input');
    field.type = 'checkbox';
    field.checked = element.value === (element.valueOn || 'true');
    node.append(el('span', '', element.title));
  } else {
    field = el(element.isMultiline ? 'textarea' : 'input');
    field.value = element.value || '';
    field.placeholder = element.placeholder || '';
    if (element.maxLength) field.maxLength = element.maxLength;
  }
  node.append(field);
  context.inputs.set(element.id, () => (field.type === 'checkbox' ? (field.checked ? element.valueOn || 'true' : element.valueOff || 'false') : field.value));
  return node;
}

function actions(list, context) {
  const node = el('div', 't-actions');
  const buttons = el('div', 't-buttons');
  node.append(buttons);
  for (const action of list || []) {
    const button = el('button', 'tbtn ' + lower(action.style, 'default'), action.title || '…');
    button.type = 'button';
    button.disabled = action.isEnabled === false;
    if (action.tooltip) button.title = action.tooltip;
    if (action.type === 'Action.ShowCard') {
      const inner = el('div', 't-shown');
      inner.hidden = true;
      content(action.card, inner, { ...context, inputs: new Map(), outer: context });
      node.append(inner);
      button.onclick = () => { inner.hidden = !inner.hidden; button.classList.toggle('open', !inner.hidden); };
    } else {
      button.onclick = () => run(action, button, context);
    }
    buttons.append(button);
  }
  return node;
}

function typed(context) {
  const values = {};
  for (let at = context; at; at = at.outer) {
    for (const [id, read] of at.inputs) if (!(id in values)) values[id] = read();
  }
  return values;
}

async function run(action, node, context) {
  switch (action.type) {
    case 'Action.OpenUrl':
      if (safeUrl(action.url)) window.open(action.url, '_blank', 'noopener');
      return;
    case 'Action.ToggleVisibility':
      for (const target of action.targetElements) {
        const id = typeof target === 'string' ? target : target.elementId;
        for (const each of context.root.querySelectorAll('[data-element]')) {
          if (each.dataset.element === id) each.hidden = typeof target === 'string' || target.isVisible === undefined ? !each.hidden : !target.isVisible;
        }
      }
      return;
    case 'Action.Execute': {
      node.classList.add('busy');
      const values = lower(action.associatedInputs) === 'none' ? {} : typed(context);
      const answer = await act('teams/click', { ...context.where, verb: action.verb || '', values });
      node.classList.remove('busy');
      context.say(answer);
      return;
    }
    default:
      context.say({ problem: 'This page sends Action.Execute only' });
  }
}

function content(card, into, context) {
  elements(card.body, into, context);
  if (card.actions && card.actions.length > 0) into.append(actions(card.actions, context));
  return into;
}

/** A message with its card and its replies. */
export function teamsMessage(message, where) {
  const node = el('article', 'message');
  node.append(avatar('app'));
  const right = el('div', 'm-right');
  const head = el('div', 'm-head');
  head.append(el('strong', '', 'Obstat'), el('span', 'muted', time(Number(message.id))));
  if (message.version > 1) head.append(el('span', 'muted', 'Edited'));
  right.append(head);
  if (message.text) right.append(markdown(message.text, el('div', 't-text')));
  if (message.card) {
    const card = el('div', 'card');
    const problem = el('div', 'problem');
    problem.hidden = true;
    const say = answer => {
      const text = answer.problem || answer.message;
      problem.hidden = !text;
      problem.classList.toggle('ok', !answer.problem);
      problem.textContent = text || '';
    };
    content(message.card, card, { where: { ...where, activity: message.id }, inputs: new Map(), root: card, say });
    right.append(card, problem);
    if (message.own) right.append(el('div', 'muted own', 'This card is yours alone'));
  }
  if (message.replies && message.replies.length > 0) {
    const thread = el('div', 'thread');
    for (const reply of message.replies) thread.append(teamsMessage({ ...reply, replies: [] }, where));
    right.append(thread);
  }
  node.append(right);
  return node;
}
