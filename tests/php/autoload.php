<?php // What Composer would write: where the classes of firebase/php-jwt are.
spl_autoload_register(function (string $class): void {
    if (str_starts_with($class, 'Firebase\\JWT\\')) {
        require __DIR__ . '/firebase/php-jwt/src/' . substr($class, strlen('Firebase\\JWT\\')) . '.php';
    }
});
