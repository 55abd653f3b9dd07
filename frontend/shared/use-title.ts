// The name of the browser tab, for as long as a page is shown.
import { useEffect } from 'react';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Shoal`;
    return () => {
      document.title = 'Shoal';
    };
  }, [title]);
}
