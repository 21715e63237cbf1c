
'use strict';
(() => {
  const page = document.getElementById('content');
  const find = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const by = (id) => document.getElementById(id);

  // A slider counts once it was used: where it stands at first is no answer.
  const touched = new Set();
  const touch = (input) => {
    touched.add(input);
    input.removeAttribute('aria-valuetext');
    by(input.id + '-said').textContent = input.value;
  };
  for (const input of find('input[type=range]')) {
    for (const kind of ['input', 'change', 'click']) {
      input.addEventListener(kind, () => touch(input));
    }
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        touch(input);
      }
    });
  }

  // An option was seen once it was in the middle of the window for a second, or focus or a fold was opened in it.
  const options = find('[data-option]');
  const seen = new Set();
  for (const option of options) {
    option.addEventListener('focusin', () => seen.add(option));
    for (const fold of find('details', option)) {
      fold.addEventListener('toggle', () => seen.add(option));
    }
  }
  if ('IntersectionObserver' in window) {
    const waiting = new Map();
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        clearTimeout(waiting.get(entry.target));
        if (entry.isIntersecting) {
          waiting.set(entry.target, setTimeout(() => seen.add(entry.target), 1000));
        }
      }
    }, { rootMargin: '-30% 0px -30% 0px' });
    for (const option of options) {
      observer.observe(option);
    }
  }

  const chosen = (name) => {
    const input = document.querySelector('input[name="' + name + '"]:checked');
    return input ? input.value : null;
  };
  const lines = (id) => by(id).value.split('\n').map((line) => line.trim()).filter((line) => line !== '');

  const answers = () => {
    const made = {
      aid: page.dataset.aid,
      version: page.dataset.version,
      order: options.map((option) => option.dataset.option),
      seen: options.filter((option) => seen.has(option)).map((option) => option.dataset.option)
    };
    const values = find('input[data-attribute]:not([data-of])').filter((input) => touched.has(input));
    if (values.length > 0) {
      made.values = values.map((input) => ({ attribute: input.dataset.attribute, score: input.value }));
    }
    const scores = find('input[data-of]');
    if (scores.length > 0 ? scores.every((input) => touched.has(input)) : false) {
      made.scores = scores.map((input) => ({
        option: input.dataset.of,
        attribute: input.dataset.attribute,
        score: String(Number(input.value) / 100)
      }));
    }
    const words = by('own-words').value.trim();
    if (words !== '') {
      made.words = words;
    }
    const knowledge = [];
    for (const question of find('[data-question]')) {
      const answer = chosen(question.id);
      if (answer === '') {
        knowledge.push({ question: question.dataset.question });
      } else if (answer !== null) {
        knowledge.push({ question: question.dataset.question, answer: answer });
      }
    }
    if (knowledge.length > 0) {
      made.knowledge = knowledge;
    }
    const questions = lines('my-questions');
    if (questions.length > 0) {
      made.questions = questions;
    }
    const role = chosen('role-wanted');
    if (role) {
      made.role_wanted = role;
    }
    const leaning = chosen('leaning-to');
    if (leaning) {
      made.leaning = leaning;
    }
    return JSON.stringify(made, null, 1);
  };

  const status = by('status');
  const say = (what) => {
    status.textContent = status.dataset[what];
  };
  const box = by('answers');
  by('finish-button').addEventListener('click', () => {
    box.value = answers();
    by('save').href = 'data:application/json;charset=utf-8,' + encodeURIComponent(box.value);
    by('result').hidden = false;
    say('made');
    if (page.dataset.answersTo) {
      fetch(page.dataset.answersTo, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'Content-Type': 'application/json' },
        body: box.value
      }).then((reply) => say(reply.ok ? 'sent' : 'failed'), () => say('failed'));
    }
    box.focus();
  });
  by('copy').addEventListener('click', () => {
    box.select();
    if (navigator.clipboard) {
      navigator.clipboard.writeText(box.value).then(() => say('copied'), () => {});
    } else if (document.execCommand('copy')) {
      say('copied');
    }
  });
  by('on-paper').hidden = true;
  by('handing-over').hidden = false;
})();
