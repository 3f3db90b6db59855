// Stands in for react-devtools-core in the bundle.
export const initialize = () => {};
export const connectToDevTools = () => {};
const devtools = { initialize, connectToDevTools };

export { devtools as default };
