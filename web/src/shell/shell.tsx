// The frame around every page: navigation, who is signed in, whether the server answers.
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiProblem, ask } from '../api/client.ts';
import { useIsLost } from '../api/connection.ts';
import { chooseProject, setSession, useSession } from '../api/session.ts';
import type { Session } from '../api/shapes.ts';
import { Button } from '../parts/button.tsx';
import { SideSheet } from '../parts/side-sheet.tsx';
import { Entry } from './entry.tsx';
import { Mark } from './mark.tsx';
import { Navigation } from './navigation.tsx';
import { OwnMenu } from './own-menu.tsx';

function LostNotice() {
  const isLost = useIsLost();
  return (
    <div role="status">
      {isLost && (
        <p className="border-b border-partial bg-partial-tint px-4 py-2 text-sm text-ink">
          The server does not answer. What you see may be old; this page goes on by itself once the server is back.
        </p>
      )}
    </div>
  );
}

/** After a change of pages a reader of the screen hears the new one from its start. */
function MainPlace({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    place.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <main
      ref={place}
      id="main"
      tabIndex={-1}
      className="mx-auto w-full max-w-[84rem] flex-1 px-4 pt-5 pb-16 outline-none lg:px-8"
    >
      {children}
    </main>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        To the content
      </a>
      <header className="flex items-center justify-between border-b border-hair bg-paper px-4 py-2 lg:hidden">
        <Mark />
        <Button aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpen(true)}>
          Menu
        </Button>
      </header>
      <SideSheet title="Redoubt" isOpen={isOpen} onClose={() => setOpen(false)}>
        <Navigation onChosen={() => setOpen(false)} />
        <OwnMenu />
      </SideSheet>
      <aside aria-label="Redoubt" className="hidden border-r border-hair bg-paper lg:block">
        <div className="sticky top-0 flex h-dvh flex-col gap-3 p-3">
          <div className="px-2 pt-1">
            <Mark />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Navigation />
          </div>
          <OwnMenu />
        </div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <LostNotice />
        <MainPlace>{children}</MainPlace>
      </div>
    </div>
  );
}

/** Asks who is signed in; what is answered holds for the whole page. */
function useWhoIsIn(): void {
  const asked = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => ask<Session>('/session', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const { data, error } = asked;
  useEffect(() => {
    if (data !== undefined) setSession(data);
  }, [data]);
  useEffect(() => {
    if (!(error instanceof ApiProblem)) return;
    if (error.status === 401) setSession(null);
    // The project that was chosen is gone, or one is no longer a member of it.
    if (error.status === 404) {
      chooseProject(null);
      location.reload();
    }
  }, [error]);
}

export function Shell() {
  useWhoIsIn();
  const session = useSession();
  if (session === undefined) return <LostNotice />;
  if (session === null)
    return (
      <>
        <LostNotice />
        <Entry />
      </>
    );
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}
