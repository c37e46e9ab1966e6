// Links as any tool may write them, the plain form: for stories about what comes with a link.

export { fragmentOf } from '../../../web/js/src/embed/content.js';

/** A machine with one function. */
export const ONE_FUNCTION = JSON.stringify({
  StartAt: 'Charge',
  States: {
    Charge: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:Charge', End: true },
  },
}, null, 2);
