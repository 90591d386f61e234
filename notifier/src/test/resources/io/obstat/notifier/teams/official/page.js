// What a person sees of a card that Microsoft's own renderer shows. Runs in a page that has loaded it as AdaptiveCards.
// SPEC: Adaptive Cards, "JavaScript SDK"; the set-up of Teams is the designer's.
class Official {
  constructor(hostConfig) {
    this.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
    // The space for the name and the picture of whoever posts it is the chat's.
    this.place = document.getElementById("chat");
  }

  /** Shows the card, and gives what is seen of it. */
  see(json) {
    const { card, problems } = this.show(json);
    const seen = {
      problems,
      blocks: [...this.place.querySelectorAll(".ac-richTextBlock")].map((block) => this.block(block)),
      buttons: [...this.place.querySelectorAll("button")].map((button) => button.innerText),
      others: this.others(),
      cutOff: this.cutOff(),
      disordered: this.disordered(),
    };
    // What comes of a click, in the words of whoever is asked to carry it out.
    seen.clicks = this.clicks(card);
    return seen;
  }

  show(json) {
    const problems = [];
    const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Version.parse(json.version, undefined));
    const known = new Known(json);
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = this.hostConfig;
    card.parse(known.json, context);
    for (let i = 0; i < context.eventCount; i++) {
      problems.push(context.getEventAt(i).message);
    }
    problems.push(...known.unread().map((path) => `${path} means nothing to version ${json.version}`));
    problems.push(...card.validateProperties().validationEvents.map((event) => event.message));
    this.place.replaceChildren(card.render());
    return { card, problems };
  }

  block(block) {
    const runs = [...block.querySelectorAll(".ac-textRun")].map((run) => {
      const style = getComputedStyle(run);
      return {
        text: run.textContent,
        monospace: style.fontFamily.includes("monospace"),
        bold: Number(style.fontWeight) >= 600,
        italic: style.fontStyle === "italic",
      };
    });
    return { id: block.id, within: block.parentElement.closest("[id]").id, text: block.innerText, runs };
  }

  /** Texts that are neither in a block nor on a button. */
  others() {
    const texts = document.createTreeWalker(this.place, NodeFilter.SHOW_TEXT);
    const others = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.parentElement.closest(".ac-textRun, button") && text.data.trim()) {
        others.push(text.data);
      }
    }
    return others;
  }

  /** Runs that do not lie within the card, or take no room though they are more than marks on what is before them. */
  cutOff() {
    const card = this.place.getBoundingClientRect();
    const runs = [...this.place.querySelectorAll(".ac-textRun")].filter((run) => run.textContent.trim());
    return runs.filter((run) => this.isCutOff([...run.getClientRects()], card, run.textContent)).map((run) => run.textContent);
  }

  isCutOff(rectangles, card, text) {
    return (
      rectangles.some((some) => some.left < card.left - 1 || some.right > card.right + 1 || some.bottom > card.bottom + 1) ||
      (!/^\p{M}+$/u.test(text) && rectangles.every((some) => some.width === 0 || some.height === 0))
    );
  }

  /** Runs that stand before one that they come after. */
  disordered() {
    const disordered = [];
    for (const block of this.place.querySelectorAll(".ac-richTextBlock")) {
      let before = null;
      for (const run of block.querySelectorAll(".ac-textRun")) {
        const rectangles = [...run.getClientRects()].filter((some) => some.width > 0);
        if (rectangles.length === 0) {
          continue;
        }
        if (before !== null && Math.abs(before.top - rectangles[0].top) < 4 && rectangles[0].left < before.right - 1) {
          disordered.push(run.textContent);
        }
        before = rectangles[rectangles.length - 1];
      }
    }
    return disordered;
  }

  /** Each button in turn: where one asks for a reason, it is clicked without one first. */
  clicks(card) {
    const clicks = [];
    let clicked = null;
    card.onExecuteAction = (action) => (clicked = action);
    const click = (button) => {
      clicked = null;
      button.click();
      return clicked && { verb: clicked.verb ?? "", url: clicked.url ?? "", data: clicked.data ?? {} };
    };
    for (const button of [...this.place.querySelectorAll("button")]) {
      const at = { title: button.innerText, asks: "", without: null };
      at.done = click(button);
      const input = this.place.querySelector("textarea");
      if (at.done === null && input !== null) {
        at.asks = this.place.querySelector("label").innerText;
        const send = [...this.place.querySelectorAll("button")].find((other) => other.closest(".ac-adaptiveCard").contains(input) && other.closest(".ac-adaptiveCard").parentElement !== this.place);
        at.without = click(send);
        input.value = "Because.";
        input.dispatchEvent(new Event("input"));
        at.done = click(send);
        button.click();
      }
      clicks.push(at);
    }
    return clicks;
  }
}

/** JSON that remembers what of it is looked at. */
class Known {
  constructor(json) {
    this.looks = [];
    this.json = this.watched(json, "");
  }

  watched(value, path) {
    if (value === null || typeof value !== "object") {
      return value;
    }
    const known = new Set();
    const children = new Map();
    const look = (name) => {
      known.add(name);
      if (!children.has(name)) {
        // What is in the data of an action is the bot's.
        children.set(name, name === "data" ? value[name] : this.watched(value[name], `${path}/${name}`));
      }
      return children.get(name);
    };
    this.looks.push({ path, value, known });
    return new Proxy(value, {
      get: (target, name) => (typeof name === "string" && Object.hasOwn(target, name) ? look(name) : Reflect.get(target, name)),
      getOwnPropertyDescriptor: (target, name) => {
        const property = Reflect.getOwnPropertyDescriptor(target, name);
        if (property !== undefined) {
          known.add(name);
        }
        return property;
      },
    });
  }

  /** What the renderer has not even looked at: it does not know it. */
  unread() {
    return this.looks.flatMap(({ path, value, known }) =>
      Object.keys(value)
        .filter((name) => !known.has(name))
        .map((name) => `${path}/${name}`),
    );
  }
}
