// An axe-core run over the page, before and after an execution, in both themes and at the three widths. Without motion:
// in the middle of a transition, a color is neither the one nor the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe.mjs';
import { withPlayground } from '../support/playground.mjs';

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    test(`no serious violation, ${colorScheme}, ${width} px`, () => withPlayground(async (playground) => {
      assert.deepEqual(await seriousViolations(playground.page), []);
      assert.equal(await playground.runToEnd(), 'SUCCEEDED');
      assert.deepEqual(await seriousViolations(playground.page), []);
    }, { context: { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' } }));
  }
}

for (const colorScheme of ['light', 'dark']) {
  test(`no serious violation in the inspector, a dialog, a callback and the coverage, ${colorScheme}`, () =>
    withPlayground(async (playground) => {
      await playground.openExample('Retry and catch');
      await playground.runToEnd();
      await playground.node('Charge card').click();
      const inspector = playground.region('Inspector');
      await inspector.locator('[data-reach="failed"]').waitFor();
      assert.deepEqual(await seriousViolations(playground.page), []);
      await inspector.getByRole('tab', { name: /^Retry & Catch/ }).click();
      await playground.button('Coverage').click();
      assert.deepEqual(await seriousViolations(playground.page), []);
      await inspector.getByRole('button', { name: 'Test state' }).click();
      const dialog = playground.page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Test', exact: true }).click();
      await dialog.getByText('RETRIABLE', { exact: true }).first().waitFor();
      assert.deepEqual(await seriousViolations(playground.page), []);
      await playground.page.keyboard.press('Escape');
      const waits = { Type: 'Task', Resource: 'arn:aws:states:us-east-1:123456789012:activity:Worker', End: true };
      await playground.setDefinition(JSON.stringify({ StartAt: 'Wait', States: { Wait: waits } }, null, 2));
      await playground.run();
      await playground.region('Waiting for a callback').waitFor();
      assert.deepEqual(await seriousViolations(playground.page), []);
    }, { context: { colorScheme, reducedMotion: 'reduce' } }));

  test(`no serious violation while help is open, ${colorScheme}`, () => withPlayground(async (playground) => {
    await playground.editDefinition((text) => text.replace(/"Next": "[^"]+"/, '"Next": "Nowhere"'));
    await playground.problemSummary(/^2 problems/);
    await playground.caretBehind('"Next": "');
    await playground.openProposals();
    assert.deepEqual(await seriousViolations(playground.page), []);
    await playground.press('Escape');
    await playground.press('F1');
    await playground.page.getByText('Missing \'Next\' target: Nowhere').nth(1).waitFor();
    assert.deepEqual(await seriousViolations(playground.page), []);
    await playground.press('Escape');
    await playground.press('F2');
    await playground.page.getByRole('textbox', { name: /^New name/ }).waitFor();
    assert.deepEqual(await seriousViolations(playground.page), []);
    await playground.press('Escape');
    await playground.press('Shift+F12');
    await playground.page.getByRole('group', { name: /use of the state/ }).waitFor();
    assert.deepEqual(await seriousViolations(playground.page), []);
  }, { context: { colorScheme, reducedMotion: 'reduce' } }));
}
