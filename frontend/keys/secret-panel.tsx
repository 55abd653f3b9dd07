// The secret of a key, shown once. It is in no address, no cache and no log; closing the panel forgets it.
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { KeyMade } from '#api/contract';
import { dateTime } from '../shared/format.ts';
import { CheckIcon, CopyIcon } from '../shared/icons.tsx';
import styles from './keys.module.css';

interface SecretPanelProps {
  readonly made: KeyMade | undefined;
  readonly onClose: () => void;
}

function CopyButton({ text }: { readonly text: string }) {
  const [state, setState] = useState<'still' | 'copied' | 'refused'>('still');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Browsers allow it on safe addresses only; the text can be marked and copied by hand.
      setState('refused');
    }
  };
  return (
    <>
      <Button
        leftSection={state === 'copied' ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
        onClick={() => void copy()}
        data-autofocus
      >
        {state === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className={styles.copied}>
        {state === 'refused' && 'The browser does not let the page copy: mark the text and copy it by hand.'}
      </span>
    </>
  );
}

export function SecretPanel({ made, onClose }: SecretPanelProps) {
  return (
    <Modal
      opened={made !== undefined}
      onClose={onClose}
      title="Copy the key now"
      centered
      zIndex={300}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {made !== undefined && (
        <div className={styles.secret}>
          <p>
            This is the only time that the secret of “{made.key.name}” is shown. Shoal keeps nothing from which it could be read
            again.
          </p>
          <output className={styles.secretText} aria-label="The key">
            {made.secret}
          </output>
          {made.key.oldSecretUntil !== undefined && (
            <p className={styles.note}>The old secret is taken until {dateTime(made.key.oldSecretUntil)}.</p>
          )}
          <div className={styles.secretActions}>
            <CopyButton text={made.secret} />
            <Button variant="default" onClick={onClose}>
              I have it
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
