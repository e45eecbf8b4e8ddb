// The document around every page.

export const metadata = { title: "viewcomfy-wasm in Next.js", icons: "data:," };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
