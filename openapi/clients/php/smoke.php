<?php
// The client against the service itself, with its stand-in WeChat: openapi/clients/smoke php

declare(strict_types=1);

require '/usr/share/php/GuzzleHttp/autoload.php';
spl_autoload_register(function (string $class): void {
    $file = __DIR__ . '/generated/src/' . str_replace('\\', '/', preg_replace('/^Wxlogin\\\\/', '', $class)) . '.php';
    if (is_file($file)) {
        require $file;
    }
});

use Wxlogin\Api\AccountApi;
use Wxlogin\Api\AdminApi;
use Wxlogin\Api\LoginApi;
use Wxlogin\ApiException;
use Wxlogin\Configuration;
use Wxlogin\Model\LoginRequest;
use Wxlogin\Model\LogoutRequest;
use Wxlogin\Model\ProblemAction;
use Wxlogin\Model\ProblemCode;
use Wxlogin\Model\ProfileChange;
use Wxlogin\Model\RefreshRequest;

function configuration(string $token = ''): Configuration
{
    return (new Configuration())->setHost(getenv('WXLOGIN_URL'))->setAccessToken($token);
}

function standIn(string $path, array $body): array
{
    $options = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => json_encode($body)];
    $answer = file_get_contents(getenv('WXLOGIN_STAND_IN') . "/$path", false, stream_context_create(['http' => $options]));
    return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
}

/** What wx.login gives. */
function code(string $user): string
{
    return standIn('code', ['user' => $user])['code'];
}

function same(mixed $expected, mixed $found): void
{
    if ($expected !== $found) {
        throw new Exception(var_export($expected, true) . ' is expected, and not ' . var_export($found, true));
    }
}

function refusal(callable $call): ApiException
{
    try {
        $call();
    } catch (ApiException $refused) {
        return $refused;
    }
    throw new Exception('it is not refused');
}

$login = new LoginApi(config: configuration());
$first = $login->login(new LoginRequest(['code' => code('php')]));
same(true, $first->getIsNewAccount());
$second = $login->refreshToken(new RefreshRequest(['refresh_token' => $first->getRefreshToken()]));
same($first->getAccount()->getId(), $second->getAccount()->getId());
same(false, $first->getRefreshToken() === $second->getRefreshToken());

$me = new AccountApi(config: configuration($second->getAccessToken()));
same('小明', $me->updateMe((new ProfileChange())->setNickname('小明'))->getNickname());
same(null, $me->updateMe((new ProfileChange())->setNickname(null))->getNickname());

(new LoginApi(config: configuration($second->getAccessToken())))->logout(new LogoutRequest());
$refused = refusal(fn() => $me->getMe());
same(401, $refused->getCode());
same(ProblemCode::SESSION_REVOKED, $refused->getResponseObject()->getCode());
same(ProblemAction::RELOGIN, $refused->getResponseObject()->getAction());

standIn('quota', ['api' => 'jscode2session', 'per_user_per_minute' => 1]);
$login->login(new LoginRequest(['code' => code('php-hasty')]));
$refused = refusal(fn() => $login->login(new LoginRequest(['code' => code('php-hasty')])));
$problem = $refused->getResponseObject();
same(ProblemCode::WECHAT_RATE_LIMITED, $problem->getCode());
same(ProblemAction::RELOGIN, $problem->getAction());
same(true, $problem->getRetryable() && $problem->getRequestId() !== '');
same(true, (int) array_change_key_case($refused->getResponseHeaders())['retry-after'][0] >= 1);

$page = (new AdminApi(config: configuration(getenv('WXLOGIN_ADMIN_KEY'))))->searchAccounts(limit: 1);
same(1, count($page->getAccounts()));
same(true, $page->getNextCursor() !== null);

echo "ok\n";
