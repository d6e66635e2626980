<?php
$password = trim(file_get_contents(getenv('DB_PASSWORD_FILE')));
$database = new PDO('mysql:host=' . getenv('DB_HOST') . ';dbname=' . getenv('DB_NAME'), getenv('DB_USER'), $password);
$database->exec('UPDATE visits SET number = number + 1');
$number = $database->query('SELECT number FROM visits')->fetchColumn();
?>
<!doctype html>
<title>LAMP</title>
<h1>Visit <?= htmlspecialchars((string) $number) ?></h1>
<p>Counted by MariaDB, served by Apache, written in PHP.</p>
