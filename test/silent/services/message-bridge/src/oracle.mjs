import oracledb from 'oracledb';

oracledb.autoCommit = true;

const pool = await oracledb.createPool({
  user: 'bridge',
  password: process.env.ORACLE_PASSWORD,
  connectString: process.env.ORACLE_DSN,
  poolMin: 0,
  poolMax: 4,
  queueTimeout: 5_000,
  poolTimeout: 60,
});

export async function store({ device, value }) {
  const connection = await pool.getConnection();
  try {
    connection.callTimeout = 5_000;
    await connection.execute('INSERT INTO readings (device, value) VALUES (:device, :value)', {
      device,
      value,
    });
  } finally {
    await connection.close();
  }
}

export const close = () => pool.close(10);
