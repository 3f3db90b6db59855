// Where the shop's customers live: cities that belong to their state, weighted roughly by population, each with its clock, its
// sales tax and its balancer.

export interface Place {
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly weight: number;
  /** Index into BALANCERS: customers east of the Mississippi come in through the eastern one. */
  readonly balancer: number;
  /** Index into ZONES. */
  readonly zone: number;
  /** Percent. */
  readonly salesTax: number;
}

/** The time zones of the places (IANA names). */
export const ZONES = [
  'America/Halifax',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
] as const;
const [HALIFAX, NEW_YORK, CHICAGO, DENVER, PHOENIX, LOS_ANGELES] = [0, 1, 2, 3, 4, 5] as const;

const [WEST, EAST] = [0, 1] as const;

/**
 * Cities of one state with their weights. @param salesTax percent: about the average of state and local rates in the US, GST with
 * PST or HST in Canada; the shop has one rate for each state.
 */
const places = (
  country: string,
  state: string,
  salesTax: number,
  balancer: number,
  zone: number,
  cities: readonly (readonly [city: string, weight: number])[],
): Place[] => cities.map(([city, weight]) => ({ country, state, city, weight, balancer, zone, salesTax }));

export const PLACES: readonly Place[] = [
  ...places('US', 'New York', 8.53, EAST, NEW_YORK, [
    ['New York', 84],
    ['Buffalo', 6],
    ['Rochester', 5],
  ]),
  ...places('US', 'New Jersey', 6.6, EAST, NEW_YORK, [['Newark', 7]]),
  ...places('US', 'Massachusetts', 6.25, EAST, NEW_YORK, [
    ['Boston', 14],
    ['Worcester', 4],
  ]),
  ...places('US', 'Pennsylvania', 6.34, EAST, NEW_YORK, [
    ['Philadelphia', 32],
    ['Pittsburgh', 7],
  ]),
  ...places('US', 'District of Columbia', 6, EAST, NEW_YORK, [['Washington', 14]]),
  ...places('US', 'Maryland', 6, EAST, NEW_YORK, [['Baltimore', 12]]),
  ...places('US', 'Virginia', 5.77, EAST, NEW_YORK, [['Richmond', 5]]),
  ...places('US', 'North Carolina', 7, EAST, NEW_YORK, [
    ['Charlotte', 18],
    ['Raleigh', 10],
  ]),
  ...places('US', 'Georgia', 7.38, EAST, NEW_YORK, [['Atlanta', 10]]),
  ...places('US', 'Florida', 7, EAST, NEW_YORK, [
    ['Jacksonville', 19],
    ['Miami', 9],
    ['Tampa', 8],
    ['Orlando', 6],
  ]),
  ...places('US', 'Tennessee', 9.56, EAST, CHICAGO, [['Nashville', 14]]),
  ...places('US', 'Kentucky', 6, EAST, NEW_YORK, [['Louisville', 13]]),
  ...places('US', 'Ohio', 7.24, EAST, NEW_YORK, [
    ['Columbus', 18],
    ['Cleveland', 7],
  ]),
  ...places('US', 'Michigan', 6, EAST, NEW_YORK, [['Detroit', 13]]),
  ...places('US', 'Indiana', 7, EAST, NEW_YORK, [['Indianapolis', 18]]),
  ...places('US', 'Illinois', 8.86, EAST, CHICAGO, [['Chicago', 54]]),
  ...places('US', 'Wisconsin', 5.7, EAST, CHICAGO, [['Milwaukee', 11]]),
  ...places('US', 'Minnesota', 8.04, WEST, CHICAGO, [['Minneapolis', 9]]),
  ...places('US', 'Missouri', 8.39, WEST, CHICAGO, [['Kansas City', 10]]),
  ...places('US', 'Louisiana', 10.11, WEST, CHICAGO, [['New Orleans', 8]]),
  ...places('US', 'Texas', 8.2, WEST, CHICAGO, [
    ['Houston', 46],
    ['San Antonio', 29],
    ['Dallas', 26],
    ['Austin', 19],
  ]),
  ...places('US', 'Texas', 8.2, WEST, DENVER, [['El Paso', 14]]),
  ...places('US', 'Oklahoma', 8.99, WEST, CHICAGO, [['Oklahoma City', 14]]),
  ...places('US', 'Nebraska', 6.97, WEST, CHICAGO, [['Omaha', 10]]),
  ...places('US', 'Colorado', 7.81, WEST, DENVER, [['Denver', 14]]),
  ...places('US', 'New Mexico', 7.62, WEST, DENVER, [['Albuquerque', 11]]),
  ...places('US', 'Arizona', 8.38, WEST, PHOENIX, [
    ['Phoenix', 32],
    ['Tucson', 11],
  ]),
  ...places('US', 'Utah', 7.25, WEST, DENVER, [['Salt Lake City', 4]]),
  ...places('US', 'Nevada', 8.24, WEST, LOS_ANGELES, [['Las Vegas', 13]]),
  ...places('US', 'California', 8.85, WEST, LOS_ANGELES, [
    ['Los Angeles', 77],
    ['San Diego', 28],
    ['San Jose', 20],
    ['San Francisco', 17],
    ['Sacramento', 10],
    ['Fresno', 11],
  ]),
  ...places('US', 'Oregon', 0, WEST, LOS_ANGELES, [['Portland', 13]]),
  ...places('US', 'Washington', 9.43, WEST, LOS_ANGELES, [
    ['Seattle', 15],
    ['Spokane', 5],
  ]),
  ...places('US', 'Idaho', 6.03, WEST, DENVER, [['Boise', 5]]),
  ...places('CA', 'Ontario', 13, EAST, NEW_YORK, [
    ['Toronto', 28],
    ['Ottawa', 10],
  ]),
  ...places('CA', 'Quebec', 14.975, EAST, NEW_YORK, [['Montreal', 18]]),
  ...places('CA', 'Nova Scotia', 14, EAST, HALIFAX, [['Halifax', 4]]),
  ...places('CA', 'Manitoba', 12, WEST, CHICAGO, [['Winnipeg', 7]]),
  ...places('CA', 'Alberta', 5, WEST, DENVER, [
    ['Calgary', 13],
    ['Edmonton', 10],
  ]),
  ...places('CA', 'British Columbia', 12, WEST, LOS_ANGELES, [['Vancouver', 7]]),
];

/** Index into BALANCERS of the balancer before customers of a place. @param place index into PLACES. */
export const balancerOf = (place: number): number => PLACES[place]?.balancer ?? 0;

/** Where a customer is, as documents say it. */
export const geoOf = ({ country = '', state = '', city = '' }: Partial<Place> = {}) => ({
  country,
  state,
  city,
});
