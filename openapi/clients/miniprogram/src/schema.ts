// Made from openapi/openapi.json by `npm run generate`. Do not edit: change the service, then run that again.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Account
         * @description A person's account.
         */
        Account: {
            /** @description The picture to show. */
            avatar_url?: string;
            /**
             * Format: date-time
             * @description When the account came to be (RFC 3339, UTC).
             */
            created_at: string;
            /** @description The id that the business knows this person by, where the account was imported with one. */
            external_id?: string;
            /** @description The account's id, opaque: the `sub` of access tokens. */
            id: string;
            /** @description Who the person is in each app, in the order in which they came. */
            identities: components["schemas"]["Identity"][];
            /**
             * Format: date-time
             * @description When it last logged in with a code, or was imported (RFC 3339, UTC).
             */
            last_login_at: string;
            /** @description The name to show. */
            nickname?: string;
            /** @description The telephone number bound to the account, as WeChat verified it, or the business before it was imported. */
            phone?: components["schemas"]["Phone"];
            /** @description Whether the account may log in. */
            status: components["schemas"]["AccountStatus"];
        };
        /**
         * @description Whether an account may log in.
         * @enum {string}
         */
        AccountStatus: "active" | "suspended";
        /**
         * FieldError
         * @description A field of the request that is wrong.
         */
        FieldError: {
            /** @description The field's name; `body` for the body as a whole. */
            field: string;
            /** @description What is wrong with it, in the language of the request. */
            reason: string;
        };
        /**
         * Identity
         * @description A person in one mini program.
         */
        Identity: {
            /** @description The mini program. */
            appid: string;
            /**
             * Format: date-time
             * @description When this identity first logged in, or was imported (RFC 3339, UTC).
             */
            first_seen_at: string;
            /** @description The person in it. */
            openid: string;
            /** @description The person across the apps of one Open Platform account, where WeChat says so. */
            unionid?: string;
        };
        /**
         * LoginRequest
         * @description Logs in with a code of `wx.login`.
         */
        LoginRequest: {
            /** @description Which mini program. May be left out where only one is configured. */
            appid?: string;
            /** @description `res.code` of `wx.login`: lives five minutes, works once. */
            code: string;
            /** @description What the person logs in on, to be shown in a list of sessions. */
            device?: string;
            /**
             * @description `encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`; the number is then verified and
             *     bound in the same call.
             */
            encrypted_data?: string;
            /** @description `iv` of the getPhoneNumber button, base64 of 16 bytes. */
            iv?: string;
            /**
             * @description `code` of the getPhoneNumber button, in the place of `encrypted_data` and `iv`: another one than that of
             *     `wx.login`. The number is verified and bound in the same call.
             */
            phone_code?: string;
        };
        /**
         * Phone
         * @description A verified telephone number.
         */
        Phone: {
            /** @description The country calling code, e.g. `86`. */
            country_code: string;
            /** @description The number in E.164, e.g. `+8613800138000`. */
            number: string;
            /**
             * Format: date-time
             * @description When WeChat vouched for it, or when it was imported (RFC 3339, UTC).
             */
            verified_at: string;
        };
        /**
         * Problem
         * @description A problem document (RFC 9457).
         */
        Problem: {
            /** @description What the client does about it. */
            action: components["schemas"]["ProblemAction"];
            /** @description The machine-readable name of the problem. Never changes. */
            code: components["schemas"]["ProblemCode"];
            /** @description Why, and what to do, in the language of the request. */
            detail: string;
            /**
             * @description Which fields of the request are wrong.
             * @default []
             */
            errors?: components["schemas"]["FieldError"][];
            /** @description The request's id, as in `X-Request-Id`: name it when you ask for help. */
            request_id: string;
            /** @description Whether the same wish may succeed later with nobody changing anything. */
            retryable: boolean;
            /**
             * Format: uint16
             * @description The HTTP status.
             */
            status: number;
            /** @description What happened, in a few words, in the language of the request. */
            title: string;
            /** @description Where the problem is explained: a path on this server. */
            type: string;
        };
        /**
         * @description What a client does about a problem.
         * @enum {string}
         */
        ProblemAction: "relogin" | "refresh" | "retry" | "fix_request" | "contact_support";
        /**
         * @description The machine-readable name of a problem. Never changes its meaning.
         * @enum {string}
         */
        ProblemCode: "invalid_request" | "code_missing" | "code_malformed" | "code_invalid" | "code_already_used" | "unknown_app" | "unauthorized" | "token_invalid" | "token_expired" | "session_revoked" | "refresh_token_invalid" | "refresh_token_expired" | "refresh_token_reused" | "account_suspended" | "wechat_user_blocked" | "insufficient_scope" | "signature_invalid" | "not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "session_key_stale" | "phone_taken" | "merge_conflict" | "decryption_failed" | "watermark_mismatch" | "watermark_expired" | "phone_code_invalid" | "rate_limited" | "wechat_rate_limited" | "internal" | "wechat_app_misconfigured" | "wechat_rejected" | "wechat_bad_response" | "wechat_unavailable" | "wechat_quota_exhausted" | "store_unavailable" | "overloaded";
        /**
         * ProfileChange
         * @description Changes of the profile; what is left out stays, null clears.
         */
        ProfileChange: {
            /** @description The picture to show: an http or https URL. */
            avatar_url?: string | null;
            /** @description The name to show: 1 to 64 characters without control characters. */
            nickname?: string | null;
        };
        /**
         * Session
         * @description A login that lives on.
         */
        Session: {
            /** @description The mini program. */
            appid: string;
            /**
             * Format: date-time
             * @description When the login was (RFC 3339, UTC).
             */
            created_at: string;
            /** @description Whether it is the session of the access token that this request was made with. */
            current: boolean;
            /** @description On what the person logged in, in the words of the login. */
            device?: string;
            /** @description Why: `logout`, `refresh_token_reused`, `suspended`, `token_revoked`, `displaced`, `ended_by_operator`. */
            end_reason?: string;
            /**
             * Format: date-time
             * @description When it was ended before its time, where it was (RFC 3339, UTC).
             */
            ended_at?: string;
            /**
             * Format: date-time
             * @description When it ends if it is not refreshed before (RFC 3339, UTC).
             */
            expires_at: string;
            /** @description The session's id, opaque: the `sid` of access tokens. */
            id: string;
            /**
             * Format: date-time
             * @description When it was last used, give or take a minute or two (RFC 3339, UTC).
             */
            last_used_at: string;
            /**
             * @description On what the person logged in, as far as `User-Agent` says: system and version of WeChat, such as
             *     `WeChat 8.0 (iOS)`. The header itself is not kept.
             */
            user_agent?: string;
        };
        /**
         * Sessions
         * @description Sessions of an account.
         */
        Sessions: {
            /** @description The sessions, the oldest first. */
            sessions: components["schemas"]["Session"][];
        };
        /**
         * @description How an access token is sent (RFC 6749, section 7.1).
         * @enum {string}
         */
        TokenType: "Bearer";
        /**
         * Tokens
         * @description What a login or a refresh answers.
         */
        Tokens: {
            /** @description For business backends: send it as `Authorization: Bearer …`. A JWT (RFC 9068). */
            access_token: string;
            /** @description Whose tokens these are. */
            account: components["schemas"]["Account"];
            /**
             * Format: uint64
             * @description Seconds for which the access token is good.
             */
            expires_in: number;
            /** @description Whether this very login made the account. False after a refresh. */
            is_new_account: boolean;
            /**
             * Format: uint64
             * @description Seconds for which the refresh token is good.
             */
            refresh_expires_in: number;
            /** @description For the next refresh. Works once; keep the newest one only. */
            refresh_token: string;
            /** @description Always `Bearer`. */
            token_type: components["schemas"]["TokenType"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
