// Before a form with data-ask is sent, a security key is asked. The server says how (data-ask), and judges what the key answers, which goes
// with the form. Nothing here decides anything: a form that comes without an answer, or with a wrong one, is refused.
'use strict';

(() => {
  const headers = { 'X-Requested-With': 'JavaScript' };

  class Problem extends Error {}

  const say = (text) => { document.getElementById('say').textContent = text; };

  const show = (form, text) => {
    const place = form.closest('.acts') ?? form;
    place.parentElement.querySelector(':scope > [data-testid=result]')?.remove();
    if (!text) return;
    const note = document.createElement('div');
    note.className = 'refusal';
    note.dataset.testid = 'result';
    note.setAttribute('role', 'alert');
    note.textContent = text;
    place.before(note);
  };

  const ask = async (form) => {
    const body = new URLSearchParams(new FormData(form));
    let response;
    try {
      response = await fetch(form.dataset.ask, { method: 'POST', headers, body, redirect: 'error', cache: 'no-store' });
    } catch {
      throw new Problem('Obstat could not be reached, so nothing was done. Try again in a moment.');
    }
    if (response.status === 401 || response.status === 499) {
      throw new Problem('Your session has ended, so nothing was done. Reload the page and sign in.');
    }
    if (!response.ok) throw new Problem('Obstat cannot answer just now, so nothing was done. Try again in a moment.');
    const answer = await response.json();
    if (answer.problem) throw new Problem(answer.problem);
    return answer;
  };

  const inWords = (error) => {
    switch (error.name) {
      case 'NotAllowedError':
        return 'The security key did not answer: this was cancelled, took too long, or the key does not know this site or could not check that it is you. Nothing was done; press the button to try again.';
      case 'InvalidStateError':
        return 'This security key is registered already. Nothing was done.';
      case 'SecurityError':
        return 'The browser does not let this page use security keys: its address is not the one that Obstat is set up for. Nothing was done.';
      default:
        return `The browser could not ask a security key (${error.name}). Nothing was done; press the button to try again.`;
    }
  };

  const answers = async (form) => {
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
      throw new Problem('This browser cannot use security keys here: that takes a current browser, and a page by https or on localhost. Nothing was done.');
    }
    const { assertion, attestation } = form.elements;
    say('Use your security key now.');
    let step = await ask(form);
    if (step.get) {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(step.get);
      assertion.value = JSON.stringify(await navigator.credentials.get({ publicKey }));
      if (attestation) step = await ask(form);
    }
    if (step.create) {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(step.create);
      attestation.value = JSON.stringify(await navigator.credentials.create({ publicKey }));
    }
  };

  const forget = (form) => {
    for (const name of ['assertion', 'attestation']) {
      if (form.elements[name]) form.elements[name].value = '';
    }
  };

  // Before htmx sees it. The second time the answer is in the form, and the form goes its way.
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.dataset.ask) return;
    if (form.dataset.asked === 'answered') {
      delete form.dataset.asked;
      // An answer is good once; what is sent is read before this runs.
      setTimeout(() => forget(form));
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (form.dataset.asked) return;
    const button = event.submitter;
    form.dataset.asked = 'waiting';
    button?.setAttribute('aria-disabled', 'true');
    show(form, '');
    try {
      forget(form);
      await answers(form);
      form.dataset.asked = 'answered';
    } catch (error) {
      delete form.dataset.asked;
      show(form, error instanceof Problem ? error.message : inWords(error));
    } finally {
      button?.removeAttribute('aria-disabled');
      say('');
    }
    if (form.dataset.asked) form.requestSubmit(button);
  }, true);
})();
