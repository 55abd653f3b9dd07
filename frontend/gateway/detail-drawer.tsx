// One thing up close, over its tab. What is open lives in the address, so Escape, the back button and a shared link
// all do what one expects.
import { Drawer } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './gateway.module.css';

const route = getRouteApi('/gateway');

export function useClose(): () => void {
  const navigate = route.useNavigate();
  return () => void navigate({ search: (before) => ({ ...before, open: undefined }), resetScroll: false });
}

interface DetailDrawerProps {
  readonly title: string;
  readonly children: (open: string) => ReactNode;
}

export function DetailDrawer({ title, children }: DetailDrawerProps) {
  const { open } = route.useSearch();
  const close = useClose();
  return (
    <Drawer
      opened={open !== undefined}
      onClose={close}
      position="right"
      size="min(600px, 100vw)"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
      classNames={{ body: styles.drawerBody ?? '', title: styles.drawerTitle ?? '' }}
    >
      {open !== undefined && children(open)}
    </Drawer>
  );
}
