// The client against the service itself, with its stand-in WeChat: openapi/clients/smoke java

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Objects;
import wxlogin.client.ApiClient;
import wxlogin.client.ApiException;
import wxlogin.client.api.AccountApi;
import wxlogin.client.api.AdminApi;
import wxlogin.client.api.LoginApi;
import wxlogin.client.model.LoginRequest;
import wxlogin.client.model.LogoutRequest;
import wxlogin.client.model.Problem;
import wxlogin.client.model.ProblemAction;
import wxlogin.client.model.ProblemCode;
import wxlogin.client.model.ProfileChange;
import wxlogin.client.model.RefreshRequest;

public class Smoke {
    interface Call {
        void make() throws Exception;
    }

    static ApiClient client(String token) {
        var client = new ApiClient();
        client.updateBaseUri(System.getenv("WXLOGIN_URL"));
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }

    static Map<?, ?> standIn(String path, Map<String, ?> body) throws Exception {
        var mapper = new ApiClient().getObjectMapper();
        var request = HttpRequest.newBuilder(URI.create(System.getenv("WXLOGIN_STAND_IN") + "/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(mapper.writeValueAsString(body)))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return mapper.readValue(answer.body(), Map.class);
    }

    /** What wx.login gives. */
    static LoginRequest code(String user) throws Exception {
        return new LoginRequest().code((String) standIn("code", Map.of("user", user)).get("code"));
    }

    static void same(Object expected, Object found) {
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(expected + " is expected, and not " + found);
        }
    }

    static ApiException refusal(Call call) throws Exception {
        try {
            call.make();
        } catch (ApiException refused) {
            return refused;
        }
        throw new AssertionError("it is not refused");
    }

    static Problem problem(ApiException refused) throws Exception {
        return new ApiClient().getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
    }

    public static void main(String[] arguments) throws Exception {
        var login = new LoginApi(client(null));
        var first = login.login(code("java"));
        same(true, first.getIsNewAccount());
        var second = login.refreshToken(new RefreshRequest().refreshToken(first.getRefreshToken()));
        same(first.getAccount().getId(), second.getAccount().getId());
        same(false, first.getRefreshToken().equals(second.getRefreshToken()));

        var me = new AccountApi(client(second.getAccessToken()));
        same("小明", me.updateMe(new ProfileChange().nickname("小明")).getNickname());

        new LoginApi(client(second.getAccessToken())).logout(new LogoutRequest());
        var refused = refusal(me::getMe);
        same(401, refused.getCode());
        same(ProblemCode.SESSION_REVOKED.getValue(), problem(refused).getCode());
        same(ProblemAction.RELOGIN, problem(refused).getAction());

        standIn("quota", Map.of("api", "jscode2session", "per_user_per_minute", 1));
        login.login(code("java-hasty"));
        refused = refusal(() -> login.login(code("java-hasty")));
        var problem = problem(refused);
        same(ProblemCode.WECHAT_RATE_LIMITED.getValue(), problem.getCode());
        same(ProblemAction.RELOGIN, problem.getAction());
        same(true, problem.getRetryable() && !problem.getRequestId().isEmpty());
        same(true, Integer.parseInt(refused.getResponseHeaders().firstValue("Retry-After").orElseThrow()) >= 1);

        var operator = new AdminApi(client(System.getenv("WXLOGIN_ADMIN_KEY")));
        var page = operator.searchAccounts(null, null, null, null, null, null, 1);
        same(1, page.getAccounts().size());
        same(true, page.getNextCursor() != null);

        System.out.println("ok");
    }
}
