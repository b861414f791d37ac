'use client';

import { useEffect, useState } from 'react';

export function Count() {
  const [count, setCount] = useState<number>();
  useEffect(() => {
    const controller = new AbortController();
    fetch('/api/orders', { signal: controller.signal })
      .then((response) => response.json())
      .then((orders) => setCount(orders.length))
      .catch(() => {});
    return () => controller.abort();
  }, []);
  return <output>{count}</output>;
}
