// What lies over the page is as usable as the page: an axe-core run over every dialog and the page of a bad link.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seriousViolations } from '../support/axe.mjs';
import { chain, linkTo } from '../support/links.mjs';
import { SITE, withPlayground } from '../support/playground.mjs';

const URL_WITH_ACCOUNTS = linkTo({ asl: chain('Task').replace('123456789012', '999988887777') });

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    const context = { viewport: { width, height }, colorScheme, reducedMotion: 'reduce' };
    test(`no serious violation over the page, ${colorScheme}, ${width} px`, () => withPlayground(async (playground) => {
      await playground.button('Share').click();
      await playground.page.getByRole('button', { name: /^Files/ }).last().click();
      await playground.page.getByRole('dialog', { name: 'Files' }).waitFor();
      assert.deepEqual(await seriousViolations(playground.page), [], 'Files');
      await playground.page.keyboard.press('Escape');
      await playground.button('Share').click();
      await playground.page.getByText(/characters: fine everywhere/).waitFor();
      assert.deepEqual(await seriousViolations(playground.page), [], 'Share');
      const sizes = await playground.page.getByRole('dialog').getByRole('button').evaluateAll((buttons) =>
        buttons.map((button) => button.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)));
      if (width < 500) assert.ok(sizes.every((size) => size >= 44), `touch targets of ${sizes} px`);
      await playground.page.getByRole('button', { name: 'Go live on AWS' }).click();
      await playground.page.getByLabel('AWS CLI text', { exact: true }).waitFor();
      assert.deepEqual(await seriousViolations(playground.page), [], 'Go live');
    }, { url: URL_WITH_ACCOUNTS, context }));

    test(`no serious violation in the page of a bad link, ${colorScheme}, ${width} px`, () =>
      withPlayground(async (playground) => {
        await playground.page.getByRole('alert', { name: 'Link' }).waitFor();
        assert.deepEqual(await seriousViolations(playground.page), []);
      }, { url: `${SITE}#v1.d.cut`, context }));
  }
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

test('on a phone, what has no room in the bar is behind one button', () => withPlayground(async (playground) => {
  const { page } = playground;
  const more = playground.button('More');
  await more.click();
  const size = ({ width, height }) => Math.min(width, height);
  for (const name of ['Run settings', 'Files', 'Go live']) {
    assert.ok(size(await playground.button(name).boundingBox()) >= 44, name);
  }
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByLabel('Speed').selectOption({ index: 1 });
  await playground.button('Run settings').click();
  await page.getByRole('dialog', { name: 'Run settings' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await playground.focusedName(), 'More', 'the focus is where the list was opened');
  await playground.button('Files').waitFor({ state: 'hidden' });
  await more.click();
  await page.keyboard.press('Escape');
  await playground.button('Files').waitFor({ state: 'hidden' });
}, { context: PHONE }));
