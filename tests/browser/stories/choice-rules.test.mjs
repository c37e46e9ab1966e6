// A Choice state explains itself: each rule with the values it compared, and why it was or was not taken.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlayground } from '../support/playground.mjs';

const MACHINE = {
  StartAt: 'Route',
  States: {
    Route: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.total', NumericGreaterThan: 1000, Next: 'Big' },
        { And: [{ Variable: '$.total', NumericGreaterThan: 0 }, { Not: { Variable: '$.country', StringEquals: 'CH' } }], Next: 'Abroad' },
        { Variable: '$.gone', IsPresent: true, Next: 'Big' },
      ],
      Default: 'Home',
    },
    Big: { Type: 'Succeed' }, Abroad: { Type: 'Succeed' }, Home: { Type: 'Succeed' },
  },
};

async function rules(playground, input, machine = MACHINE) {
  await playground.setDefinition(JSON.stringify(machine, null, 2));
  await playground.setInput(JSON.stringify(input));
  await playground.runToEnd();
  await playground.node('Route').click();
  const inspector = playground.region('Inspector');
  await inspector.getByRole('tab', { name: 'Rules', exact: true }).click();
  return inspector.getByRole('list', { name: 'Choice rules' }).getByRole('listitem');
}

test('rules show the values they compared, as a tree, and later ones were not evaluated', () =>
  withPlayground(async (playground) => {
    const list = await rules(playground, { total: 250, country: 'AT' });
    await list.nth(0).getByText('250 > 1000').waitFor();
    await list.nth(0).getByText('does not hold').waitFor();
    await list.nth(1).getByText('taken').waitFor();
    await list.nth(1).getByText('"AT" = "CH"').waitFor();
    await list.nth(1).getByText('Not: must not hold').waitFor();
    await list.nth(2).getByText('not evaluated').first().waitFor();
    await list.nth(3).getByText('not needed').waitFor();
  }));

test('a value of another type is named, and Default says that it was taken', () => withPlayground(async (playground) => {
  const list = await rules(playground, { total: '250', country: 'CH' });
  await list.nth(0).getByText(/"250" is of type string/).waitFor();
  await list.nth(3).getByText('taken: no rule holds').waitFor();
}));

test('a JSONata condition shows the values of its references', () => withPlayground(async (playground) => {
  const machine = structuredClone(MACHINE);
  machine.QueryLanguage = 'JSONata';
  delete machine.States.Abroad;
  machine.States.Route.Choices = [{ Condition: '{% $states.input.total > 100 and $states.input.country = "CH" %}', Next: 'Big' }];
  const list = await rules(playground, { total: 250, country: 'CH' }, machine);
  await list.nth(0).getByText('$states.input.total = 250, $states.input.country = "CH"').waitFor();
  assert.equal(await list.count(), 2);
}));
