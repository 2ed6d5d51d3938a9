// The client against the service itself, with its stand-in WeChat: openapi/clients/smoke go
package smoke

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strconv"
	"testing"

	wxlogin "wxlogin/generated"
)

func client() *wxlogin.APIClient {
	configuration := wxlogin.NewConfiguration()
	configuration.Servers = wxlogin.ServerConfigurations{{URL: os.Getenv("WXLOGIN_URL")}}
	return wxlogin.NewAPIClient(configuration)
}

func as(token string) context.Context {
	return context.WithValue(context.Background(), wxlogin.ContextAccessToken, token)
}

func standIn(t *testing.T, path string, body map[string]any) map[string]any {
	t.Helper()
	sent, _ := json.Marshal(body)
	answer, err := http.Post(os.Getenv("WXLOGIN_STAND_IN")+"/"+path, "application/json", bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var found map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil {
		t.Fatal(err)
	}
	return found
}

func login(t *testing.T, user string) (*wxlogin.Tokens, *http.Response, error) {
	t.Helper()
	code := standIn(t, "code", map[string]any{"user": user})["code"].(string)
	return client().LoginAPI.Login(context.Background()).LoginRequest(*wxlogin.NewLoginRequest(code)).Execute()
}

func loggedIn(t *testing.T, user string) *wxlogin.Tokens {
	t.Helper()
	tokens, _, err := login(t, user)
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}

func problemOf(t *testing.T, err error) wxlogin.Problem {
	t.Helper()
	var refused *wxlogin.GenericOpenAPIError
	if !errors.As(err, &refused) {
		t.Fatalf("it is not refused: %v", err)
	}
	problem, ok := refused.Model().(wxlogin.Problem)
	if !ok {
		t.Fatalf("no problem: %s", refused.Body())
	}
	return problem
}

func TestAPersonLogsInRefreshesAndLogsOut(t *testing.T) {
	first := loggedIn(t, "go")
	if !first.IsNewAccount {
		t.Error("it is a new account")
	}
	request := *wxlogin.NewRefreshRequest(first.RefreshToken)
	second, _, err := client().LoginAPI.RefreshToken(context.Background()).RefreshRequest(request).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if second.Account.Id != first.Account.Id || second.RefreshToken == first.RefreshToken {
		t.Errorf("%+v after %+v", second, first)
	}

	person := as(second.AccessToken)
	var change wxlogin.ProfileChange
	change.SetNickname("小明")
	account, _, err := client().AccountAPI.UpdateMe(person).ProfileChange(change).Execute()
	if err != nil || account.GetNickname() != "小明" {
		t.Fatal(account, err)
	}
	change.SetNicknameNil()
	account, _, err = client().AccountAPI.UpdateMe(person).ProfileChange(change).Execute()
	if err != nil || account.HasNickname() {
		t.Fatal(account, err)
	}

	if _, err := client().LoginAPI.Logout(person).LogoutRequest(*wxlogin.NewLogoutRequest()).Execute(); err != nil {
		t.Fatal(err)
	}
	_, _, err = client().AccountAPI.GetMe(person).Execute()
	problem := problemOf(t, err)
	if problem.Code != string(wxlogin.PROBLEMCODE_SESSION_REVOKED) || problem.Action != wxlogin.PROBLEMACTION_RELOGIN {
		t.Errorf("%+v", problem)
	}
}

func TestARefusalSaysWhatToDoAndWhen(t *testing.T) {
	standIn(t, "quota", map[string]any{"api": "jscode2session", "per_user_per_minute": 1})
	loggedIn(t, "go-hasty")
	_, answer, err := login(t, "go-hasty")
	problem := problemOf(t, err)
	if problem.Code != string(wxlogin.PROBLEMCODE_WECHAT_RATE_LIMITED) || problem.Action != wxlogin.PROBLEMACTION_RELOGIN {
		t.Errorf("%+v", problem)
	}
	if !problem.Retryable || problem.RequestId == "" {
		t.Errorf("%+v", problem)
	}
	if wait, err := strconv.Atoi(answer.Header.Get("Retry-After")); err != nil || wait < 1 {
		t.Errorf("Retry-After: %q", answer.Header.Get("Retry-After"))
	}
}

func TestAnOperatorSearchesPageByPage(t *testing.T) {
	loggedIn(t, "go-one")
	loggedIn(t, "go-two")
	page, _, err := client().AdminAPI.SearchAccounts(as(os.Getenv("WXLOGIN_ADMIN_KEY"))).Limit(1).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Accounts) != 1 || !page.HasNextCursor() {
		t.Errorf("%+v", page)
	}
}
