// Documents by their web addresses, one or several at once; the server fetches them from public addresses only.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Uploads } from '../shared/use-uploads.ts';
import styles from './new-run.module.css';

const ADDRESS = /^https?:\/\/\S+$/i;

export function AddressField({ add }: Pick<Uploads, 'add'>) {
  const [typed, type] = useState('');
  const addresses = typed.split(/\s+/).filter((word) => word !== '');
  const wrong = addresses.find((address) => !ADDRESS.test(address));
  const take = (): void => {
    if (addresses.length === 0 || wrong !== undefined) return;
    add(addresses);
    type('');
  };
  return (
    <div className={styles.address}>
      <TextInput
        label="Web addresses"
        description="Pages or files to read, with spaces between them; they are fetched by the server"
        placeholder="https://"
        inputMode="url"
        value={typed}
        error={wrong === undefined || !typed.endsWith(' ') ? undefined : `${wrong} does not begin with http:// or https://`}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The form around would start the run.
          event.preventDefault();
          take();
        }}
      />
      <Button variant="default" disabled={addresses.length === 0 || wrong !== undefined} onClick={take}>
        Read
      </Button>
    </div>
  );
}
