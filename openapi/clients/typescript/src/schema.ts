// Made from openapi/openapi.json by `npm run generate`. Do not edit: change the service, then run that again.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the public keys
         * @description For backends that verify access tokens by themselves: check the signature with the key that the token's `kid`
         *     names, the algorithm, `typ` (`at+jwt`), `iss`, `aud` and `exp`.
         */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search accounts
         * @description The accounts that fit every filter, page by page; without a filter, all of them. Pages stay in order while
         *     accounts come and go: none is shown twice, none that was there all the time is left out.
         */
        get: operations["searchAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an account
         * @description The account as the person sees it, with `unionid_conflicts`: other accounts that may be the same person's. Who
         *     looked is in the audit log.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Erase an account
         * @description Removes the account with its identities, phone number and sessions. The audit log keeps that it was erased, and
         *     nothing of what it was. A later login of the same person makes a new account.
         */
        delete: operations["eraseAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export an account
         * @description Everything that is held about it.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge an account into another
         * @description For two accounts that are one person's. The account of the path is no more afterwards: its sessions end, and its
         *     identities log in to the account `into`, which also gets its phone number, name, picture and external id where it
         *     has none of its own. It cannot be undone. All or nothing.
         */
        post: operations["mergeAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a suspended account
         * @description It may log in again. The sessions that suspension ended stay ended.
         */
        post: operations["restoreAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of an account
         * @description The live ones, the oldest first.
         */
        get: operations["listAccountSessions"];
        put?: never;
        post?: never;
        /**
         * End all sessions of an account
         * @description Its tokens are refused from now on; it may log in again.
         */
        delete: operations["endAccountSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session of an account
         * @description One device is logged out; the others stay.
         */
        delete: operations["endAccountSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/accounts/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend an account
         * @description Its sessions end at once, and it does not log in any more. A second time changes nothing.
         */
        post: operations["suspendAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Who has one, what it allows, and since when; never the keys.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description For a backend that introspects tokens, or for an operator. The key is answered this once; what is kept is its
         *     SHA-256.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/api-keys/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an API key
         * @description It is refused from now on; by other replicas within seconds. One of the configuration is removed there.
         */
        delete: operations["removeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description The events that fit every filter, newest first, page by page. Pages stay in order while events are added: none is
         *     shown twice.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the signing keys
         * @description Which key signs, which one follows, and what became of the others.
         */
        get: operations["listSigningKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys/replace-refresh-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the key of refresh tokens
         * @description For where it has leaked: whoever has it makes refresh tokens for anybody. Every refresh token that is about is
         *     refused from now on, and people log in anew, which asks nothing of them. Access tokens are good until they expire.
         */
        post: operations["replaceRefreshKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the signing keys
         * @description The next key takes over; the one that signed is believed until its last token has expired. Keys rotate by
         *     themselves as well. Within 6 minutes of the last rotation the next key is not known to every verifier yet, and
         *     the answer is `rate_limited`.
         */
        post: operations["rotateSigningKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys/{kid}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retire a signing key at once
         * @description For a key that is compromised. Its tokens are refused here from now on, by other replicas within seconds, and by
         *     local verifiers as soon as they fetch the JWKS anew. Where it was the key that signs, the next one takes over.
         *     People stay logged in: their next refresh answers a token of the new key.
         */
        post: operations["retireSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show statistics
         * @description How many accounts and live sessions there are, as of the last time that the service has counted them.
         */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Depends on nothing else: restart the process when this does not answer.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the service ready?
         * @description Whether the store answers, and has answered with the keys since the start. Send no traffic while this answers
         *     503; it recovers by itself. How WeChat does is told besides, and changes nothing.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Introspect an access token
         * @description Whether the token is good at this very moment, and whose it is (RFC 7662). Logout, suspension and every other end
         *     of a session are seen at once. What is not good is `{"active": false}`, whatever the reason: unknown, malformed,
         *     expired, revoked. A refresh token is never active: it is for this service alone.
         *
         *     Needs an API key with the scope `introspect`.
         */
        post: operations["introspectToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Exchanges a code of `wx.login` at WeChat, finds or makes the account, and answers tokens. With `encrypted_data`
         *     and `iv`, or the `phone_code`, of the getPhoneNumber button the phone number is verified and bound in the same
         *     call. All or nothing: where a part fails, no account, session or phone number is written.
         *
         *     A code works once. Send each request with a fresh code; when in doubt (a timeout, say), call `wx.login` again
         *     instead of repeating the request.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session of the access token, or with `all` every session of the account. Refreshing and every call to
         *     this service see it at once; backends that verify access tokens by themselves see it when the token expires.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show my account
         * @description The account of the access token, as it is now.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Cancel my account
         * @description Erases the account with its identities, phone number and sessions, on all devices. It cannot be undone. A later
         *     login makes a new account, with another id.
         */
        delete: operations["cancelMe"];
        options?: never;
        head?: never;
        /**
         * Change my profile
         * @description Sets or clears nickname and picture. WeChat hands neither out any more: a profile is what the person chose in
         *     the mini program, and never required.
         *
         *     `wx.request` cannot send PATCH: from a mini program, send POST with the header `X-HTTP-Method-Override: PATCH`.
         */
        patch: operations["updateMe"];
        trace?: never;
    };
    "/v1/me/decrypt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decrypt WeChat data
         * @description For encrypted data other than the phone number: steps of `wx.getWeRunData`, group ids of `wx.getGroupEnterInfo`.
         *     The watermark is checked: the data are of this mini program, and not old. Nothing of them is kept.
         *
         *     The data open under one `session_key` only. Call `wx.login` first, then ask for the data, and send the code with
         *     them; without it the key of the last login is tried, and `session_key_stale` says that WeChat has another one by
         *     now.
         */
        post: operations["decryptData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export my data
         * @description Everything that is held about the account: the account itself, its sessions, and what the audit log has on it.
         *     What operators did is in it, and not which of them, nor from where.
         */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Bind my phone number
         * @description Takes what the getPhoneNumber button gave: its code (`phone_code`), or its `encrypted_data` and `iv`. The number
         *     takes the place of the one that the account has.
         *
         *     Encrypted data open under one `session_key` only. Call `wx.login` first, then let the person tap, and send the code
         *     of that `wx.login` with the data; without it the key of the last login is tried, and `session_key_stale` says
         *     that WeChat has another one by now. `phone_code` needs none of this.
         */
        put: operations["setMyPhone"];
        post?: never;
        /**
         * Remove my phone number
         * @description The account forgets it. Where it has none, nothing happens.
         */
        delete: operations["removeMyPhone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/session-key/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check my session key
         * @description Asks WeChat (checksession) whether the `session_key` that is kept from the last login still is the current one: by
         *     that a mini program knows whether encrypted data can be sent without a new `wx.login`. The key itself never
         *     leaves this service.
         */
        post: operations["checkMySessionKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/session-key/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset my session key
         * @description Has WeChat replace the `session_key` (resetusersessionkey): whatever was encrypted under the old one does not open
         *     any more. Needs the current key to be kept; otherwise `session_key_stale`.
         */
        post: operations["resetMySessionKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description Where the account is logged in: the live sessions, the oldest first. An account has 20 at the most (by default);
         *     a login beyond that ends the oldest.
         */
        get: operations["listMySessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my sessions
         * @description Logs a device out from afar; the current session may be ended as well.
         */
        delete: operations["endMySession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a token
         * @description Ends the session that an access token or a refresh token is of (RFC 7009). Holding the token is all that
         *     authorises: mini programs are public clients. A token that is unknown, or over already, is answered alike.
         */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/token/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh the tokens
         * @description Answers a new access token and a new refresh token; the one presented is used up. A repeat of the immediately
         *     preceding token within the grace window (60 seconds by default), after a lost reply say, answers the same
         *     successor. Anything older, or later, is taken for theft and ends the session.
         */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify an access token
         * @description Forward authentication for gateways (nginx `auth_request`, Traefik, Caddy, APISIX): 204 with the identity in
         *     headers, 401 without a good token, 403 for a suspended account. Sees revocation at once.
         */
        get: operations["verifyToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/wechat/{appid}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer WeChat's URL check
         * @description WeChat asks this once, when an operator enters the address of the push in the console. The echo proves that the
         *     app's token is known here.
         */
        get: operations["checkPushUrl"];
        put?: never;
        /**
         * Take a message that WeChat pushes
         * @description Honours what concerns a login service: `user_authorization_cancellation` erases the account,
         *     `user_authorization_revoke` erases what its `RevokeInfo` names of what is held, `user_info_modified` is put on
         *     record. Anything else is passed over. Each message is honoured once, however often it is repeated. `success` means
         *     that it was, durably; after anything else WeChat repeats it.
         */
        post: operations["takePushMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
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
         * AccountExport
         * @description Everything held about an account.
         */
        AccountExport: {
            /** @description The account. */
            account: components["schemas"]["Account"];
            /** @description What the audit log has on it, newest first; 10,000 events at the most. */
            audit: components["schemas"]["AuditEvent"][];
            /** @description Its sessions, ended and expired ones too, as long as they are kept. */
            sessions: components["schemas"]["Session"][];
        };
        /**
         * AccountPage
         * @description A page of accounts.
         */
        AccountPage: {
            /**
             * @description The accounts, in the order in which they came to be. A page may have fewer than `limit`, and still not be the
             *     last.
             */
            accounts: components["schemas"]["OperatorAccount"][];
            /** @description Where the next page begins: the `cursor` to ask for it with. Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * @description Whether an account may log in.
         * @enum {string}
         */
        AccountStatus: "active" | "suspended";
        /**
         * ApiKey
         * @description An API key, without the key.
         */
        ApiKey: {
            /** @description Whether the configuration has it, and not the store. */
            configured: boolean;
            /**
             * Format: date-time
             * @description When it was made; not known of those of the configuration (RFC 3339, UTC).
             */
            created_at?: string;
            /** @description Who uses it. */
            name: string;
            /** @description What it allows. */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * ApiKeys
         * @description API keys.
         */
        ApiKeys: {
            /** @description Those of the configuration, then those that were made at run time. The keys themselves are not kept. */
            api_keys: components["schemas"]["ApiKey"][];
        };
        /**
         * AppHealth
         * @description How WeChat does for a mini program, as far as the calls to it tell.
         */
        AppHealth: {
            /** @description Whether WeChat is called for what needs an `access_token`: phone codes, session keys. */
            access_token_circuit: components["schemas"]["Circuit"];
            /** @description The mini program. */
            appid: string;
            /** @description Whether WeChat is called for logins. */
            circuit: components["schemas"]["Circuit"];
            /**
             * Format: uint64
             * @description Calls that are under way.
             */
            in_flight: number;
        };
        /**
         * AuditEvent
         * @description Something that happened.
         */
        AuditEvent: {
            /** @description To which account. */
            account_id?: string;
            /**
             * @description What: `login_succeeded`, `login_failed`, `refresh_token_reused`, `logged_out`, `logged_out_everywhere`,
             *     `token_revoked`, `session_ended`, `sessions_ended`, `account_suspended`, `account_restored`, `account_erased`,
             *     `account_merged`, `account_merged_away`, `unionid_conflict`, `phone_bound`, `phone_removed`, `user_info_modified`,
             *     `authorization_revoked`, `authorization_cancelled`, `session_key_reset`, `account_viewed`, `accounts_searched`,
             *     `accounts_imported`, `account_exported`, `key_activated`, `key_retired`, `keys_resealed`, `refresh_key_replaced`,
             *     `api_key_created`, `api_key_removed`. There may be more in later releases.
             */
            action: string;
            /** @description Who did it: `person`, `wechat`, `service`, or `api_key:NAME`, which the person's own export calls `operator`. */
            actor: string;
            /** @description In which mini program. */
            appid?: string;
            /**
             * Format: date-time
             * @description When (RFC 3339, UTC).
             */
            at: string;
            /** @description With which problem it was refused, if it was. */
            code?: string;
            /**
             * @description What else there is to say: a key's id, an API key's name, the other account of a merge or a conflict, WeChat's
             *     numbers for what was taken back, how many accounts were imported.
             */
            detail?: string;
            /** @description The event's id. */
            id: string;
            /** @description From which address: a pseudonym, the same for the same address. */
            ip?: string;
            /** @description In which request. */
            request_id?: string;
            /** @description To which session. */
            session_id?: string;
        };
        /**
         * AuditPage
         * @description A page of the audit log.
         */
        AuditPage: {
            /** @description The events, newest first. A page may have fewer than `limit`, even none, and still not be the last. */
            events: components["schemas"]["AuditEvent"][];
            /** @description Where the next page begins: the `cursor` to ask for it with. Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * Census
         * @description How much there was when it was counted last. The service counts on its way through the store, all the time, so that
         *     nobody waits for it.
         */
        Census: {
            /**
             * Format: uint64
             * @description Accounts, suspended ones included.
             */
            accounts: number;
            /**
             * Format: date-time
             * @description When the counting ended (RFC 3339, UTC).
             */
            counted_at: string;
            /**
             * Format: uint64
             * @description Live sessions.
             */
            live_sessions: number;
            /**
             * Format: uint64
             * @description Suspended accounts.
             */
            suspended_accounts: number;
        };
        /**
         * @description Whether WeChat is called.
         * @enum {string}
         */
        Circuit: "closed" | "open" | "half_open";
        /**
         * CreateApiKeyRequest
         * @description Makes an API key.
         */
        CreateApiKeyRequest: {
            /** @description Who will use it: 1 to 64 characters of `A-Z a-z 0-9 _ . -`, not taken. */
            name: string;
            /** @description What it allows, at least one. */
            scopes: components["schemas"]["Scope"][];
        };
        /**
         * CreatedApiKey
         * @description A new API key.
         */
        CreatedApiKey: {
            /** @description What is kept of it. */
            api_key: components["schemas"]["ApiKey"];
            /** @description The key. This is the only time that it is shown. */
            key: string;
        };
        /**
         * DecryptRequest
         * @description Encrypted data of the mini program.
         */
        DecryptRequest: {
            /**
             * @description `res.code` of a `wx.login` that was called before the data were asked for; brings their key. Without it, the key
             *     of the last login is used.
             */
            code?: string;
            /** @description `encryptedData`, base64. */
            encrypted_data: string;
            /** @description `iv`, base64 of 16 bytes. */
            iv: string;
        };
        /**
         * Decrypted
         * @description What was encrypted.
         */
        Decrypted: {
            /** @description The JSON object that WeChat encrypted, as it wrote it; with its `watermark`, which was checked. */
            data: {
                [key: string]: unknown;
            };
        };
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
         * Health
         * @description That all is well.
         */
        Health: {
            /** @description Always `ok`; anything else is a problem document. */
            status: string;
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
         * Introspection
         * @description What there is to say of a token (RFC 7662, section 2.2).
         */
        Introspection: {
            /** @description Whether the token is good at this moment. Where it is not, there is nothing else. */
            active: boolean;
            /** @description The mini program, in WeChat's word. */
            appid?: string;
            /** @description For whom. */
            aud?: string;
            /** @description The mini program. */
            client_id?: string;
            /**
             * Format: int64
             * @description When it expires (seconds since 1970).
             */
            exp?: number;
            /** @description The person as the business knows them, where they were imported. */
            external_id?: string;
            /**
             * Format: int64
             * @description When it was issued (seconds since 1970).
             */
            iat?: number;
            /** @description Who issued the token. */
            iss?: string;
            /** @description The token's own id. */
            jti?: string;
            /** @description The person in that mini program. */
            openid?: string;
            /** @description The session. */
            sid?: string;
            /** @description The account. */
            sub?: string;
            /** @description Always `Bearer`. */
            token_type?: components["schemas"]["TokenType"];
            /** @description The person across mini programs, where WeChat says so. */
            unionid?: string;
        };
        /**
         * Jwk
         * @description A public key (RFC 7517, RFC 7518, RFC 8037).
         */
        Jwk: {
            /** @description The one algorithm that it is used with. */
            alg: string;
            /** @description The curve of an `OKP` or `EC` key. */
            crv?: string;
            /** @description The exponent of an `RSA` key (base64url). */
            e?: string;
            /** @description Its id, as in the tokens' header: its RFC 7638 thumbprint. */
            kid: string;
            /** @description The kind of key: `OKP`, `EC` or `RSA`. */
            kty: string;
            /** @description The modulus of an `RSA` key (base64url). */
            n?: string;
            /** @description What it is for: always `sig`. */
            use: string;
            /** @description The point of an `OKP` key, or its abscissa of an `EC` key (base64url). */
            x?: string;
            /** @description The ordinate of an `EC` key (base64url). */
            y?: string;
        };
        /**
         * Jwks
         * @description A JSON Web Key Set (RFC 7517).
         */
        Jwks: {
            /** @description The keys that access tokens of this service are verified with. */
            keys: components["schemas"]["Jwk"][];
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
         * LogoutRequest
         * @description Which sessions to end.
         */
        LogoutRequest: {
            /** @description `true` ends every session of the account; otherwise only the one of the access token ends. */
            all?: boolean;
        };
        /**
         * MergeRequest
         * @description Which account it is merged into.
         */
        MergeRequest: {
            /** @description The account that is left. */
            into: string;
            /**
             * @description Which of the two prevails where both have something that an account has once: the id of the one or the other.
             *     Needed where both have an identity in the same mini program, or external ids that differ.
             */
            keep?: string;
        };
        /**
         * OperatorAccount
         * @description An account, as operators see it.
         */
        OperatorAccount: {
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
            /**
             * @description Other accounts that have the unionid which WeChat names for an identity of this one: most likely the same
             *     person's. Nothing is merged by itself; merge them, or leave them.
             * @default []
             */
            unionid_conflicts?: components["schemas"]["UnionidConflict"][];
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
         * PhoneProof
         * @description What proves a phone number: the button's code, or its encrypted data.
         */
        PhoneProof: {
            /**
             * @description `res.code` of a `wx.login` that was called before the button was tapped; brings the key of `encrypted_data`.
             *     Without it, the key of the last login is used.
             */
            code?: string;
            /** @description `encryptedData` of the getPhoneNumber button, base64. Comes together with `iv`. */
            encrypted_data?: string;
            /** @description `iv` of the getPhoneNumber button, base64 of 16 bytes. */
            iv?: string;
            /** @description `code` of the getPhoneNumber button: another one than that of `wx.login`. Lives five minutes, works once. */
            phone_code?: string;
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
         * Readiness
         * @description That the service is ready, and how WeChat does.
         */
        Readiness: {
            /** @description Always `ok`; anything else is a problem document. */
            status: string;
            /**
             * @description How WeChat does, for each mini program. A service that WeChat does not answer is ready all the same: tokens are
             *     refreshed and verified without it.
             */
            wechat: components["schemas"]["AppHealth"][];
        };
        /**
         * RefreshRequest
         * @description Exchanges a refresh token for new tokens.
         */
        RefreshRequest: {
            /** @description The newest refresh token of the session. */
            refresh_token: string;
        };
        /**
         * @description What an API key allows.
         * @enum {string}
         */
        Scope: "admin" | "introspect";
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
         * SessionKeyCheck
         * @description Whether the key is good.
         */
        SessionKeyCheck: {
            /**
             * @description Whether a `session_key` is kept from the last login, and WeChat says that it is the current one. Where it is not,
             *     call `wx.login` before encrypted data are asked for.
             */
            current: boolean;
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
         * SigningKey
         * @description A signing key.
         */
        SigningKey: {
            /** @description The algorithm that it is used with. */
            alg: string;
            /**
             * Format: date-time
             * @description When it was made (RFC 3339, UTC).
             */
            created_at: string;
            /** @description Its id, as in the tokens' header. */
            kid: string;
            /**
             * Format: date-time
             * @description Since when; not known of a `retiring` key (RFC 3339, UTC).
             */
            since?: string;
            /** @description What it does. */
            state: components["schemas"]["SigningKeyState"];
            /**
             * Format: date-time
             * @description Until when a `retiring` key is believed (RFC 3339, UTC).
             */
            until?: string;
        };
        /**
         * @description What a signing key does.
         * @enum {string}
         */
        SigningKeyState: "next" | "active" | "retiring" | "retired";
        /**
         * SigningKeys
         * @description The signing keys.
         */
        SigningKeys: {
            /** @description The keys in the order in which they were made, retired ones included for a year. */
            keys: components["schemas"]["SigningKey"][];
        };
        /**
         * Stats
         * @description How much there is.
         */
        Stats: {
            /**
             * @description What was counted last. Absent until everything was counted once after the start, which takes seconds, or minutes
             *     where there is much.
             */
            census?: components["schemas"]["Census"];
        };
        /**
         * TokenForm
         * @description A token, form-encoded.
         */
        TokenForm: {
            /** @description The token. */
            token: string;
            /** @description `access_token` or `refresh_token`. Both are found without it. */
            token_type_hint?: string;
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
        /**
         * UnionidConflict
         * @description Two accounts with one unionid.
         */
        UnionidConflict: {
            /** @description The account that has the unionid. */
            account_id: string;
            /** @description The mini program of this account's identity. */
            appid: string;
            /** @description This account's identity in it. */
            openid: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The public keys. Cache them for as long as `Cache-Control` says, and fetch them anew when a token names a `kid`
             *     that is not among them.
             */
            200: {
                headers: {
                    /** @description How long the keys may be cached. */
                    "Cache-Control": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "EdDSA",
                     *           "crv": "Ed25519",
                     *           "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                     *           "kty": "OKP",
                     *           "use": "sig",
                     *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Jwks"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchAccounts: {
        parameters: {
            query?: {
                /** @description The person in a mini program: in `appid`, or in any that is configured. */
                openid?: string;
                /** @description The mini program that `openid` is of. */
                appid?: string;
                /** @description The person across mini programs. */
                unionid?: string;
                /** @description The phone number in E.164: `+8613800138000`. In a URL its `+` is written as `%2B`. */
                phone?: string;
                /** @description `active` or `suspended`. */
                status?: components["schemas"]["AccountStatus"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many at the most: 1 to 100, 20 where nothing is said. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accounts": [
                     *         {
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000001",
                     *           "identities": [
                     *             {
                     *               "appid": "wx4f4bc4dec97d474b",
                     *               "first_seen_at": "2026-01-28T15:42:56Z",
                     *               "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *               "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *             }
                     *           ],
                     *           "last_login_at": "2026-01-28T15:42:56Z",
                     *           "nickname": "小明",
                     *           "phone": {
                     *             "country_code": "86",
                     *             "number": "+8613800138000",
                     *             "verified_at": "2026-01-28T15:42:56Z"
                     *           },
                     *           "status": "active",
                     *           "unionid_conflicts": [
                     *             {
                     *               "account_id": "019c0545-a400-7000-8000-000000000009",
                     *               "appid": "wx4f4bc4dec97d474b",
                     *               "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": "019c0545-a400-7000-8000-000000000001"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["AccountPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active",
                     *       "unionid_conflicts": [
                     *         {
                     *           "account_id": "019c0545-a400-7000-8000-000000000009",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["OperatorAccount"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, and its sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "created_at": "2026-01-28T15:42:56Z",
                     *         "id": "019c0545-a400-7000-8000-000000000001",
                     *         "identities": [
                     *           {
                     *             "appid": "wx4f4bc4dec97d474b",
                     *             "first_seen_at": "2026-01-28T15:42:56Z",
                     *             "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *             "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *           }
                     *         ],
                     *         "last_login_at": "2026-01-28T15:42:56Z",
                     *         "nickname": "小明",
                     *         "phone": {
                     *           "country_code": "86",
                     *           "number": "+8613800138000",
                     *           "verified_at": "2026-01-28T15:42:56Z"
                     *         },
                     *         "status": "active"
                     *       },
                     *       "audit": [
                     *         {
                     *           "account_id": "019c0545-a400-7000-8000-000000000001",
                     *           "action": "login_succeeded",
                     *           "actor": "person",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "at": "2026-01-28T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000003",
                     *           "ip": "ip_3fXq0bM2Jc9TZkWd",
                     *           "request_id": "019c0545-a400-7000-8000-000000000004",
                     *           "session_id": "019c0545-a400-7000-8000-000000000002"
                     *         }
                     *       ],
                     *       "sessions": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "current": false,
                     *           "device": "小明的手机",
                     *           "expires_at": "2026-02-27T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000002",
                     *           "last_used_at": "2026-01-28T16:03:11Z",
                     *           "user_agent": "WeChat 8.0 (iOS)"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["AccountExport"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mergeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account that is merged into the other one. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "into": "019c0545-a400-7000-8000-000000000009",
                 *       "keep": "019c0545-a400-7000-8000-000000000009"
                 *     }
                 */
                "application/json": components["schemas"]["MergeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000009",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["OperatorAccount"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `merge_conflict`: The accounts cannot be merged. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active",
                     *       "unionid_conflicts": [
                     *         {
                     *           "account_id": "019c0545-a400-7000-8000-000000000009",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["OperatorAccount"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccountSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "current": false,
                     *           "device": "小明的手机",
                     *           "expires_at": "2026-02-27T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000002",
                     *           "last_used_at": "2026-01-28T16:03:11Z",
                     *           "user_agent": "WeChat 8.0 (iOS)"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Sessions"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endAccountSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended, now or before; its tokens are refused. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endAccountSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
                /** @description The session's id. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended, now or before; its tokens are refused. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "suspended"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["OperatorAccount"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_keys": [
                     *         {
                     *           "configured": false,
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "name": "orders-backend",
                     *           "scopes": [
                     *             "introspect"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["ApiKeys"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "orders-backend",
                 *       "scopes": [
                 *         "introspect"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            /** @description Here it is, this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_key": {
                     *         "configured": false,
                     *         "created_at": "2026-01-28T15:42:56Z",
                     *         "name": "orders-backend",
                     *         "scopes": [
                     *           "introspect"
                     *         ]
                     *       },
                     *       "key": "wxk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The API key's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is refused from now on; by other replicas within seconds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Events on this account: its id. */
                account?: string;
                /** @description Events of this kind, such as `login_failed`. */
                action?: string;
                /** @description Events in this mini program. */
                appid?: string;
                /** @description Events by this actor: `person`, `wechat`, `service`, or `api_key:NAME`. */
                actor?: string;
                /** @description Events refused with this problem, such as `code_invalid`. */
                code?: string;
                /** @description Events from this address, by its pseudonym. */
                ip?: string;
                /** @description Events not before this time (RFC 3339). */
                since?: string;
                /** @description Events before this time (RFC 3339). */
                until?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description How many at the most: 1 to 100, 20 where nothing is said. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "account_id": "019c0545-a400-7000-8000-000000000001",
                     *           "action": "login_succeeded",
                     *           "actor": "person",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "at": "2026-01-28T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000003",
                     *           "ip": "ip_3fXq0bM2Jc9TZkWd",
                     *           "request_id": "019c0545-a400-7000-8000-000000000004",
                     *           "session_id": "019c0545-a400-7000-8000-000000000002"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["AuditPage"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "EdDSA",
                     *           "created_at": "2025-10-30T15:42:56Z",
                     *           "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                     *           "since": "2026-01-28T15:42:56Z",
                     *           "state": "active"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["SigningKeys"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceRefreshKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every refresh token that is about is refused from now on; by other replicas within seconds. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "EdDSA",
                     *           "created_at": "2025-10-30T15:42:56Z",
                     *           "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                     *           "since": "2026-01-28T15:42:56Z",
                     *           "state": "active"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["SigningKeys"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retireSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id. */
                kid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "EdDSA",
                     *           "created_at": "2025-10-30T15:42:56Z",
                     *           "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
                     *           "since": "2026-01-28T15:42:56Z",
                     *           "state": "active"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["SigningKeys"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "census": {
                     *         "accounts": 120345,
                     *         "counted_at": "2026-01-28T15:42:56Z",
                     *         "live_sessions": 98211,
                     *         "suspended_accounts": 3
                     *       }
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Stats"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Health"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "wechat": [
                     *         {
                     *           "access_token_circuit": "closed",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "circuit": "closed",
                     *           "in_flight": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Readiness"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    introspectToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl",
                 *       "token_type_hint": "access_token"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenForm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "active": true,
                     *       "appid": "wx4f4bc4dec97d474b",
                     *       "aud": "https://login.example.com",
                     *       "client_id": "wx4f4bc4dec97d474b",
                     *       "exp": 1769615876,
                     *       "iat": 1769614976,
                     *       "iss": "https://login.example.com",
                     *       "jti": "R3JMCcJtTkyTx8H1hVbM0A",
                     *       "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *       "sid": "019c0545-a400-7000-8000-000000000002",
                     *       "sub": "019c0545-a400-7000-8000-000000000001",
                     *       "token_type": "Bearer",
                     *       "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Introspection"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The API key lacks the scope. */
            403: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "appid": "wx4f4bc4dec97d474b",
                 *       "code": "0a3WxI000dQzDT1xfF100xUSrY3WxI0Q"
                 *     }
                 */
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl",
                     *       "account": {
                     *         "created_at": "2026-01-28T15:42:56Z",
                     *         "id": "019c0545-a400-7000-8000-000000000001",
                     *         "identities": [
                     *           {
                     *             "appid": "wx4f4bc4dec97d474b",
                     *             "first_seen_at": "2026-01-28T15:42:56Z",
                     *             "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *             "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *           }
                     *         ],
                     *         "last_login_at": "2026-01-28T15:42:56Z",
                     *         "nickname": "小明",
                     *         "phone": {
                     *           "country_code": "86",
                     *           "number": "+8613800138000",
                     *           "verified_at": "2026-01-28T15:42:56Z"
                     *         },
                     *         "status": "active"
                     *       },
                     *       "expires_in": 900,
                     *       "is_new_account": true,
                     *       "refresh_expires_in": 2592000,
                     *       "refresh_token": "wxr_AZwFITuAcACAAAAAAAAAAQGcBSE7gHAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                     *       "token_type": "Bearer"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Tokens"];
                };
            };
            /** @description `invalid_request`: The request is malformed. `code_missing`: The code is missing. `code_malformed`: The code is malformed. `code_invalid`: The code is not valid. `code_already_used`: The code was already used. `unknown_app`: The appid is unknown. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_user_blocked`: WeChat blocks this user. `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `phone_taken`: The phone number is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `decryption_failed`: The data do not decrypt. `watermark_mismatch`: The data are of another app. `watermark_expired`: The data are too old. `phone_code_invalid`: The phone code is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_rate_limited`: WeChat finds the calls too frequent. `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_app_misconfigured`: The app is misconfigured. `wechat_rejected`: WeChat refuses. `wechat_bad_response`: WeChat's answer makes no sense. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_unavailable`: WeChat is unavailable. `wechat_quota_exhausted`: WeChat's daily quota is used up. `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "all": false
                 *     }
                 */
                "application/json": components["schemas"]["LogoutRequest"];
            };
        };
        responses: {
            /** @description The sessions have ended; their tokens are refused from now on. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Account"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone, and its sessions have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "avatar_url": null,
                 *       "nickname": "小明"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Account"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decryptData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "encrypted_data": "CiyLU1Aw2KjvrjMdj8YKlg==",
                 *       "iv": "r7BXXKkLb8qrSNn05n0qiA=="
                 *     }
                 */
                "application/json": components["schemas"]["DecryptRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "stepInfoList": [
                     *           {
                     *             "step": 8042,
                     *             "timestamp": 1769529600
                     *           }
                     *         ],
                     *         "watermark": {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "timestamp": 1769614976
                     *         }
                     *       }
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Decrypted"];
                };
            };
            /** @description `invalid_request`: The request is malformed. `code_missing`: The code is missing. `code_malformed`: The code is malformed. `code_invalid`: The code is not valid. `code_already_used`: The code was already used. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. `wechat_user_blocked`: WeChat blocks this user. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_key_stale`: The session_key is stale. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `decryption_failed`: The data do not decrypt. `watermark_mismatch`: The data are of another app. `watermark_expired`: The data are too old. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. `wechat_rate_limited`: WeChat finds the calls too frequent. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_app_misconfigured`: The app is misconfigured. `wechat_rejected`: WeChat refuses. `wechat_bad_response`: WeChat's answer makes no sense. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `wechat_unavailable`: WeChat is unavailable. `wechat_quota_exhausted`: WeChat's daily quota is used up. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "created_at": "2026-01-28T15:42:56Z",
                     *         "id": "019c0545-a400-7000-8000-000000000001",
                     *         "identities": [
                     *           {
                     *             "appid": "wx4f4bc4dec97d474b",
                     *             "first_seen_at": "2026-01-28T15:42:56Z",
                     *             "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *             "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *           }
                     *         ],
                     *         "last_login_at": "2026-01-28T15:42:56Z",
                     *         "nickname": "小明",
                     *         "phone": {
                     *           "country_code": "86",
                     *           "number": "+8613800138000",
                     *           "verified_at": "2026-01-28T15:42:56Z"
                     *         },
                     *         "status": "active"
                     *       },
                     *       "audit": [
                     *         {
                     *           "account_id": "019c0545-a400-7000-8000-000000000001",
                     *           "action": "login_succeeded",
                     *           "actor": "person",
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "at": "2026-01-28T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000003",
                     *           "ip": "ip_3fXq0bM2Jc9TZkWd",
                     *           "request_id": "019c0545-a400-7000-8000-000000000004",
                     *           "session_id": "019c0545-a400-7000-8000-000000000002"
                     *         }
                     *       ],
                     *       "sessions": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "current": false,
                     *           "device": "小明的手机",
                     *           "expires_at": "2026-02-27T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000002",
                     *           "last_used_at": "2026-01-28T16:03:11Z",
                     *           "user_agent": "WeChat 8.0 (iOS)"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["AccountExport"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setMyPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone_code": "bb9e7cf8f1a8a5d9a4c3e0f4d9d1b7a2"
                 *     }
                 */
                "application/json": components["schemas"]["PhoneProof"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-28T15:42:56Z",
                     *       "id": "019c0545-a400-7000-8000-000000000001",
                     *       "identities": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "first_seen_at": "2026-01-28T15:42:56Z",
                     *           "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *           "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *         }
                     *       ],
                     *       "last_login_at": "2026-01-28T15:42:56Z",
                     *       "nickname": "小明",
                     *       "phone": {
                     *         "country_code": "86",
                     *         "number": "+8613800138000",
                     *         "verified_at": "2026-01-28T15:42:56Z"
                     *       },
                     *       "status": "active"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Account"];
                };
            };
            /** @description `invalid_request`: The request is malformed. `code_missing`: The code is missing. `code_malformed`: The code is malformed. `code_invalid`: The code is not valid. `code_already_used`: The code was already used. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. `wechat_user_blocked`: WeChat blocks this user. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_key_stale`: The session_key is stale. `phone_taken`: The phone number is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `decryption_failed`: The data do not decrypt. `watermark_mismatch`: The data are of another app. `watermark_expired`: The data are too old. `phone_code_invalid`: The phone code is not valid. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. `wechat_rate_limited`: WeChat finds the calls too frequent. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_app_misconfigured`: The app is misconfigured. `wechat_rejected`: WeChat refuses. `wechat_bad_response`: WeChat's answer makes no sense. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `wechat_unavailable`: WeChat is unavailable. `wechat_quota_exhausted`: WeChat's daily quota is used up. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMyPhone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account has none, now or before. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkMySessionKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "current": true
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["SessionKeyCheck"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. `wechat_rate_limited`: WeChat finds the calls too frequent. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_app_misconfigured`: The app is misconfigured. `wechat_rejected`: WeChat refuses. `wechat_bad_response`: WeChat's answer makes no sense. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `wechat_unavailable`: WeChat is unavailable. `wechat_quota_exhausted`: WeChat's daily quota is used up. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetMySessionKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WeChat has made a new one, which is kept in the place of the old ones. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_key_stale`: The session_key is stale. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. `wechat_rate_limited`: WeChat finds the calls too frequent. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `wechat_app_misconfigured`: The app is misconfigured. `wechat_rejected`: WeChat refuses. `wechat_bad_response`: WeChat's answer makes no sense. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `wechat_unavailable`: WeChat is unavailable. `wechat_quota_exhausted`: WeChat's daily quota is used up. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": [
                     *         {
                     *           "appid": "wx4f4bc4dec97d474b",
                     *           "created_at": "2026-01-28T15:42:56Z",
                     *           "current": true,
                     *           "device": "小明的手机",
                     *           "expires_at": "2026-02-27T15:42:56Z",
                     *           "id": "019c0545-a400-7000-8000-000000000002",
                     *           "last_used_at": "2026-01-28T16:03:11Z",
                     *           "user_agent": "WeChat 8.0 (iOS)"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Sessions"];
                };
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endMySession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended, now or before; its tokens are refused. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "wxr_AZwFITuAcACAAAAAAAAAAQGcBSE7gHAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                 *       "token_type_hint": "refresh_token"
                 *     }
                 */
                "application/x-www-form-urlencoded": components["schemas"]["TokenForm"];
            };
        };
        responses: {
            /** @description The token is good for nothing any more, if it ever was. Nobody is told which. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "wxr_AZwFITuAcACAAAAAAAAAAQGcBSE7gHAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl",
                     *       "account": {
                     *         "created_at": "2026-01-28T15:42:56Z",
                     *         "id": "019c0545-a400-7000-8000-000000000001",
                     *         "identities": [
                     *           {
                     *             "appid": "wx4f4bc4dec97d474b",
                     *             "first_seen_at": "2026-01-28T15:42:56Z",
                     *             "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
                     *             "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
                     *           }
                     *         ],
                     *         "last_login_at": "2026-01-28T15:42:56Z",
                     *         "nickname": "小明",
                     *         "phone": {
                     *           "country_code": "86",
                     *           "number": "+8613800138000",
                     *           "verified_at": "2026-01-28T15:42:56Z"
                     *         },
                     *         "status": "active"
                     *       },
                     *       "expires_in": 900,
                     *       "is_new_account": false,
                     *       "refresh_expires_in": 2592000,
                     *       "refresh_token": "wxr_AZwFITuAcACAAAAAAAAAAQGcBSE7gHAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                     *       "token_type": "Bearer"
                     *     }
                     */
                    "application/json; charset=utf-8": components["schemas"]["Tokens"];
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `refresh_token_invalid`: The refresh token is not valid. `refresh_token_expired`: The refresh token has expired. `refresh_token_reused`: The refresh token was used before. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The access token is good and its session lives. */
            204: {
                headers: {
                    /** @description Whose token it is: its `sub`. */
                    "X-Account-Id": string;
                    /** @description In which mini program: its `client_id`. */
                    "X-App-Id": string;
                    /**
                     * @description Who that is for the business, as the token says: where `WXLOGIN_TOKEN_CLAIMS` has `external_id` and the person
                     *     was imported. Percent-encoded, all but letters, digits and `-._~`. Empty for everybody else, and never absent:
                     *     a gateway that only replaces what it is told would let through what a client claims to be.
                     */
                    "X-External-Id": string;
                    /** @description Who that is in that mini program. */
                    "X-Open-Id": string;
                    /** @description Of which session: its `sid`. */
                    "X-Session-Id": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `unauthorized`: No credentials. `token_invalid`: The access token is not valid. `token_expired`: The access token has expired. `session_revoked`: The session has ended. */
            401: {
                headers: {
                    /** @description Which credentials are wanted (RFC 6750, RFC 7617), and what is wrong with those that came. */
                    "WWW-Authenticate": string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `account_suspended`: The account is suspended. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkPushUrl: {
        parameters: {
            query?: {
                /** @description SHA-1, in hexadecimal, over token, timestamp and nonce, sorted and joined. Needed. */
                signature?: string;
                /** @description Part of what is signed: WeChat's time. Needed. */
                timestamp?: string;
                /** @description Part of what is signed: a random text. Needed. */
                nonce?: string;
                /** @description What is to be answered. Needed. */
                echostr?: string;
            };
            header?: never;
            path: {
                /** @description The mini program. */
                appid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 4375120948345356249 */
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_invalid`: The signature is wrong. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    takePushMessage: {
        parameters: {
            query?: {
                /**
                 * @description SHA-1, in hexadecimal, over token, timestamp and nonce, sorted and joined. Needed where the message is in the
                 *     clear.
                 */
                signature?: string;
                /** @description Part of what is signed. Its age is not judged: late repeats are genuine. Needed. */
                timestamp?: string;
                /** @description Part of what is signed: a random text. Needed. */
                nonce?: string;
                /** @description `aes` in secure mode. */
                encrypt_type?: string;
                /**
                 * @description SHA-1, in hexadecimal, over token, timestamp, nonce and the encrypted message, sorted and joined. Needed where
                 *     the message is encrypted.
                 */
                msg_signature?: string;
            };
            header?: never;
            path: {
                /** @description The mini program. */
                appid: string;
            };
            cookie?: never;
        };
        /** @description A message as WeChat pushes it: in the clear, or encrypted. */
        requestBody: {
            content: {
                "application/json": string;
                "text/xml": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example success */
                    "text/plain; charset=utf-8": string;
                };
            };
            /** @description `invalid_request`: The request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature_invalid`: The signature is wrong. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: Not found. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `decryption_failed`: The data do not decrypt. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal`: Internal error. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `store_unavailable`: The store is unavailable. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again. */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
