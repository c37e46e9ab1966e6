// The files Worker's script: one question, one answer.

let ready = null;

onmessage = ({ data }) => {
  if (data.glue) ready = start(data);
  else reply(data);
};

async function start({ glue, wasm }) {
  const files = await import(glue);
  await files.default({ module_or_path: wasm });
  return files.answer;
}

async function reply({ id, request }) {
  try {
    const answer = await ready;
    const bytes = answer(request);
    postMessage({ id, reply: bytes }, [bytes.buffer]);
  } catch (error) {
    postMessage({ id, crash: `It stopped (${error.message ?? error}).` });
  }
}
