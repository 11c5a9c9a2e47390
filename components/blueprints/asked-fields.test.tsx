import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { AskedFields, type AskedFieldsProps } from './asked-fields.tsx';

afterEach(cleanup);

function show(props: Partial<AskedFieldsProps> = {}) {
  const acts = { onValue: vi.fn(), onProfile: vi.fn() };
  const asked = {
    values: [
      { name: 'TAG', otherwise: '1.27' },
      { name: 'TOKEN', otherwise: null },
    ],
    profiles: ['debug'],
  };
  render(<AskedFields asked={asked} format="compose" given={{}} {...acts} {...props} />);
  return acts;
}

it('asks for each variable and says what counts otherwise', () => {
  const { onValue } = show({ given: { variables: { TOKEN: 'abc' } } });
  expect(screen.getByLabelText('TAG')).toHaveProperty('placeholder', '1.27');
  expect(screen.getByLabelText('TOKEN')).toHaveProperty('value', 'abc');
  fireEvent.change(screen.getByLabelText('TAG'), { target: { value: '2' } });
  expect(onValue).toHaveBeenLastCalledWith('TAG', '2');
  fireEvent.change(screen.getByLabelText('TOKEN'), { target: { value: '' } });
  expect(onValue).toHaveBeenLastCalledWith('TOKEN', null);
});

it('keeps what is given and no longer asked for, so that it can be taken away', () => {
  show({ given: { variables: { OLD: 'x' }, profiles: ['gone'] } });
  expect(screen.getByLabelText('OLD')).toHaveProperty('value', 'x');
  expect(screen.getByRole('checkbox', { name: 'gone', checked: true })).toBeDefined();
});

it('turns a profile on', () => {
  const { onProfile } = show();
  fireEvent.click(screen.getByRole('checkbox', { name: 'debug' }));
  expect(onProfile).toHaveBeenCalledWith('debug', true);
});

it('calls them inputs for TOSCA, and says nothing where nothing is asked', () => {
  show({ format: 'tosca' });
  expect(screen.getByRole('region', { name: 'Inputs' })).toBeDefined();
  cleanup();
  show({ asked: { values: [], profiles: [] } });
  expect(document.body.textContent).toBe('');
});
