// A secret in every place where it does not belong, and the forms in which it could come out again.

/** Part of each of the passwords in SIGN_INS. */
export const PLANTED = 's3cr3tPW';

/** Addresses with a sign-in, whose password has a character that ends the host, the path or the address. */
export const SIGN_INS: readonly string[] = [
  `https://admin:${PLANTED}@localhost:9200`,
  `https://admin:pa#${PLANTED}@localhost:9200`,
  `https://admin:pa/${PLANTED}@localhost:9200`,
  `https://admin:pa?${PLANTED}@localhost:9200`,
  `https://admin:pa\\${PLANTED}@localhost:9200`,
  `https://admin:pa,${PLANTED}@localhost:9200`,
  `https://admin:pa ${PLANTED}@localhost:9200`,
  `https://admin:pa@${PLANTED}@localhost:9200`,
  `https://admin:pa%40${PLANTED}@localhost:9200`,
  `https://user:12/${PLANTED}@localhost:9200`,
  `https://user:12#${PLANTED}@localhost:9200`,
  `https://user:12?${PLANTED}@localhost:9200`,
  `https://user:${PLANTED}`,
  `https://user:${PLANTED},http://localhost:9200`,
  `http://localhost:9200,https://user:12/${PLANTED}@b:9200`,
  `admin:${PLANTED}@localhost:9200`,
  `admin:pa/${PLANTED}@localhost`,
  `//admin:${PLANTED}@localhost:9200`,
  `https://admin:${PLANTED}\uFF20localhost:9200`,
];
