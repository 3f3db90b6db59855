// Where the shop's customers live: cities that belong to their state, weighted roughly by population.

export interface Place {
  readonly country: string;
  readonly state: string;
  readonly city: string;
  readonly weight: number;
  /** Customers east of the Mississippi come in through the eastern balancer. */
  readonly east: boolean;
}

const place = (country: string, state: string, city: string, weight: number, east: boolean): Place => ({
  country,
  state,
  city,
  weight,
  east,
});

export const PLACES: readonly Place[] = [
  place('US', 'New York', 'New York', 84, true),
  place('US', 'New York', 'Buffalo', 6, true),
  place('US', 'New York', 'Rochester', 5, true),
  place('US', 'New Jersey', 'Newark', 7, true),
  place('US', 'Massachusetts', 'Boston', 14, true),
  place('US', 'Massachusetts', 'Worcester', 4, true),
  place('US', 'Pennsylvania', 'Philadelphia', 32, true),
  place('US', 'Pennsylvania', 'Pittsburgh', 7, true),
  place('US', 'District of Columbia', 'Washington', 14, true),
  place('US', 'Maryland', 'Baltimore', 12, true),
  place('US', 'Virginia', 'Richmond', 5, true),
  place('US', 'North Carolina', 'Charlotte', 18, true),
  place('US', 'North Carolina', 'Raleigh', 10, true),
  place('US', 'Georgia', 'Atlanta', 10, true),
  place('US', 'Florida', 'Jacksonville', 19, true),
  place('US', 'Florida', 'Miami', 9, true),
  place('US', 'Florida', 'Tampa', 8, true),
  place('US', 'Florida', 'Orlando', 6, true),
  place('US', 'Tennessee', 'Nashville', 14, true),
  place('US', 'Kentucky', 'Louisville', 13, true),
  place('US', 'Ohio', 'Columbus', 18, true),
  place('US', 'Ohio', 'Cleveland', 7, true),
  place('US', 'Michigan', 'Detroit', 13, true),
  place('US', 'Indiana', 'Indianapolis', 18, true),
  place('US', 'Illinois', 'Chicago', 54, true),
  place('US', 'Wisconsin', 'Milwaukee', 11, true),
  place('US', 'Minnesota', 'Minneapolis', 9, false),
  place('US', 'Missouri', 'Kansas City', 10, false),
  place('US', 'Louisiana', 'New Orleans', 8, false),
  place('US', 'Texas', 'Houston', 46, false),
  place('US', 'Texas', 'San Antonio', 29, false),
  place('US', 'Texas', 'Dallas', 26, false),
  place('US', 'Texas', 'Austin', 19, false),
  place('US', 'Texas', 'El Paso', 14, false),
  place('US', 'Oklahoma', 'Oklahoma City', 14, false),
  place('US', 'Nebraska', 'Omaha', 10, false),
  place('US', 'Colorado', 'Denver', 14, false),
  place('US', 'New Mexico', 'Albuquerque', 11, false),
  place('US', 'Arizona', 'Phoenix', 32, false),
  place('US', 'Arizona', 'Tucson', 11, false),
  place('US', 'Utah', 'Salt Lake City', 4, false),
  place('US', 'Nevada', 'Las Vegas', 13, false),
  place('US', 'California', 'Los Angeles', 77, false),
  place('US', 'California', 'San Diego', 28, false),
  place('US', 'California', 'San Jose', 20, false),
  place('US', 'California', 'San Francisco', 17, false),
  place('US', 'California', 'Sacramento', 10, false),
  place('US', 'California', 'Fresno', 11, false),
  place('US', 'Oregon', 'Portland', 13, false),
  place('US', 'Washington', 'Seattle', 15, false),
  place('US', 'Washington', 'Spokane', 5, false),
  place('US', 'Idaho', 'Boise', 5, false),
  place('CA', 'Ontario', 'Toronto', 28, true),
  place('CA', 'Ontario', 'Ottawa', 10, true),
  place('CA', 'Quebec', 'Montreal', 18, true),
  place('CA', 'Nova Scotia', 'Halifax', 4, true),
  place('CA', 'Manitoba', 'Winnipeg', 7, false),
  place('CA', 'Alberta', 'Calgary', 13, false),
  place('CA', 'Alberta', 'Edmonton', 10, false),
  place('CA', 'British Columbia', 'Vancouver', 7, false),
];

/** Index into BALANCERS of the balancer before customers of a place. @param place index into PLACES. */
export const balancerOf = (place: number): 0 | 1 => (PLACES[place]?.east ? 1 : 0);

/** Where a customer is, as documents say it. */
export const geoOf = ({ country = '', state = '', city = '' }: Partial<Place> = {}) => ({
  country,
  state,
  city,
});
