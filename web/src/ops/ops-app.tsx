/** The operations app. */
export default function OpsApp() {
  return <main />;
}
