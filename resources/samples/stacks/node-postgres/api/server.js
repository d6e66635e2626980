import {createServer} from 'node:http';
import pg from 'pg';

const database = new pg.Pool();
createServer(async (request, response) => {
  const {rows} = await database.query('SELECT id, name FROM things ORDER BY id');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(rows));
}).listen(3000);
