CREATE TABLE customers (
  id integer PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  city text
);

CREATE TABLE moves (
  customer_id integer NOT NULL REFERENCES customers,
  city text NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE orders (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers,
  status text NOT NULL DEFAULT 'open',
  total_cents integer NOT NULL
);

CREATE TABLE payments (
  order_id integer NOT NULL REFERENCES orders,
  cents integer NOT NULL CHECK (cents <> 0)
);

CREATE TABLE order_events (
  message_id text NOT NULL,
  order_id integer NOT NULL,
  kind text NOT NULL
);

INSERT INTO customers (id, name, email) VALUES
  (1, 'Ada Byron', 'ada@example.com'),
  (2, 'Charles Babbage', 'charles@example.com'),
  (3, 'Mary Somerville', 'mary@example.com');

INSERT INTO orders (customer_id, status, total_cents) VALUES
  (1, 'paid', 4200),
  (1, 'open', 1950),
  (2, 'open', 880),
  (3, 'paid', 12000);

INSERT INTO payments (order_id, cents) VALUES
  (1, 4200),
  (4, 12000);
