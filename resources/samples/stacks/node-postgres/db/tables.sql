CREATE TABLE IF NOT EXISTS things (id serial PRIMARY KEY, name text NOT NULL);
INSERT INTO things (name) SELECT 'lamp' WHERE NOT EXISTS (SELECT FROM things);
