// Questions to the engine, which knows the language. Answers are about the text as it was when the question was asked.

/** Returns a function that asks, and resolves to the answer: null where there is none, or the text has changed since. */
export const asker = (ask) => async (view, kind, offset = 0, name = '') => {
  const { doc } = view.state;
  const answer = await ask(kind, offset, name);
  return typeof answer !== 'string' || view.state.doc !== doc ? null : JSON.parse(answer);
};
