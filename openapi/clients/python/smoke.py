"""The client against the service itself, with its stand-in WeChat: openapi/clients/smoke python"""

import json
import os
import unittest
from urllib.request import Request, urlopen

import wxlogin
from wxlogin.models import LoginRequest, LogoutRequest, ProblemAction, ProblemCode, ProfileChange, RefreshRequest


def client(token=None):
    return wxlogin.ApiClient(wxlogin.Configuration(host=os.environ["WXLOGIN_URL"], access_token=token))


def stand_in(path, **body):
    request = Request(f"{os.environ['WXLOGIN_STAND_IN']}/{path}", json.dumps(body).encode(), method="POST")
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


def code(user):
    """What wx.login gives."""
    return stand_in("code", user=user)["code"]


class Smoke(unittest.TestCase):
    def test_a_person_logs_in_refreshes_and_logs_out(self):
        login = wxlogin.LoginApi(client())
        first = login.login(LoginRequest(code=code("python")))
        self.assertTrue(first.is_new_account)
        second = login.refresh_token(RefreshRequest(refresh_token=first.refresh_token))
        self.assertEqual(second.account.id, first.account.id)
        self.assertNotEqual(second.refresh_token, first.refresh_token)

        person = client(second.access_token)
        me = wxlogin.AccountApi(person)
        self.assertEqual(me.update_me(ProfileChange(nickname="小明")).nickname, "小明")
        self.assertIsNone(me.update_me(ProfileChange(nickname=None)).nickname)

        wxlogin.LoginApi(person).logout(LogoutRequest())
        with self.assertRaises(wxlogin.ApiException) as refused:
            me.get_me()
        problem = refused.exception.data
        self.assertEqual(problem.code, ProblemCode.SESSION_REVOKED)
        self.assertEqual(problem.action, ProblemAction.RELOGIN)
        self.assertNotIn("Retry-After", refused.exception.headers)

    def test_a_refusal_says_what_to_do_and_when(self):
        stand_in("quota", api="jscode2session", per_user_per_minute=1)
        login = wxlogin.LoginApi(client())
        login.login(LoginRequest(code=code("python-hasty")))
        with self.assertRaises(wxlogin.ApiException) as refused:
            login.login(LoginRequest(code=code("python-hasty")))
        problem = refused.exception.data
        self.assertEqual(problem.code, ProblemCode.WECHAT_RATE_LIMITED)
        self.assertEqual(problem.action, ProblemAction.RELOGIN)
        self.assertTrue(problem.retryable and problem.request_id)
        self.assertGreaterEqual(int(refused.exception.headers["Retry-After"]), 1)

    def test_a_code_of_a_later_release_is_read(self):
        problem = wxlogin.Problem.from_dict(
            {
                "type": "/problems/later",
                "title": "-",
                "status": 400,
                "code": "later",
                "detail": "-",
                "action": "fix_request",
                "retryable": False,
                "request_id": "-",
            }
        )
        self.assertEqual((problem.code, problem.action), ("later", ProblemAction.FIX_REQUEST))

    def test_an_operator_searches_page_by_page(self):
        login = wxlogin.LoginApi(client())
        for user in ("python-one", "python-two"):
            login.login(LoginRequest(code=code(user)))
        page = wxlogin.AdminApi(client(os.environ["WXLOGIN_ADMIN_KEY"])).search_accounts(limit=1)
        self.assertEqual(len(page.accounts), 1)
        self.assertTrue(page.next_cursor)


if __name__ == "__main__":
    unittest.main()
