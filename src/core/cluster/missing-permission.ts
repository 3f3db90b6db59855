// The permission that the security plugin says a user lacks.

/** "no permissions for [indices:admin/create] and User [name=…]"; an action may end with brackets of its own. */
const LACKING = /no permissions for \[(.+?)\] and (?:User|associated)/;

/** What is denied, in words that complete "Permission denied: …". */
export function deniedAction(reason: string, request: string): string {
  const permission = LACKING.exec(reason)?.[1];
  return permission === undefined ? reason || request : `the permission ${permission} is missing`;
}
