// SPDX-License-Identifier: GPL-3.0-or-later
#include <secrets/tokenstore.h>

#include <QHash>
#include <QPromise>
#include <QTest>

using namespace edgewise;
using namespace Qt::StringLiterals;
using secrets::Keychain;
using secrets::TokenStore;

/// Answers from memory, as a desktop with a keychain, without one, or with a locked one.
class ScriptedKeychain final : public Keychain {
public:
    enum class Mood { Works, Absent, Refuses };
    Mood mood = Mood::Works;
    QHash<QString, Token> entries;

    QFuture<Result<Answer>> read(const QString &name) override
    {
        if (mood == Mood::Works && !entries.contains(name))
            return answer({.kind = Answer::Kind::NotStored, .token = {}, .reason = {}});
        return answer({.kind = Answer::Kind::Done, .token = entries.value(name), .reason = {}});
    }
    QFuture<Result<Answer>> write(const QString &name, const Token &token) override
    {
        if (mood == Mood::Works)
            entries.insert(name, token);
        return answer({});
    }
    QFuture<Result<Answer>> remove(const QString &name) override
    {
        if (mood == Mood::Works)
            entries.remove(name);
        return answer({});
    }

private:
    QFuture<Result<Answer>> answer(Answer whenItWorks) const
    {
        QPromise<Result<Answer>> promise;
        promise.start();
        if (mood == Mood::Works)
            promise.addResult(whenItWorks);
        else if (mood == Mood::Absent)
            promise.addResult(Answer{.kind = Answer::Kind::Unavailable, .token = {}, .reason = {}});
        else
            promise.addResult(
                Error{.kind = Error::Kind::Auth, .step = u"asking"_qs, .detail = u"locked"_qs});
        promise.finish();
        return promise.future();
    }
};

class TestTokenStore : public QObject {
    Q_OBJECT

private slots:
    void keepsInTheKeychain()
    {
        ScriptedKeychain keychain;
        TokenStore store(keychain);
        const auto kept = wait(store.write(u"a"_qs, Token("secret")));
        QVERIFY(kept);
        QCOMPARE(*kept, TokenStore::Kept::InKeychain);
        QCOMPARE(keychain.entries.value(u"a"_qs), Token("secret"));
        QCOMPARE(found(store, u"a"_qs), std::optional(Token("secret")));
        QCOMPARE(found(store, u"b"_qs), std::optional<Token>());
        QVERIFY(wait(store.remove(u"a"_qs)));
        QCOMPARE(found(store, u"a"_qs), std::optional<Token>());
    }

    void keepsInMemoryWithoutKeychain()
    {
        ScriptedKeychain keychain;
        keychain.mood = ScriptedKeychain::Mood::Absent;
        TokenStore store(keychain);
        QCOMPARE(found(store, u"a"_qs), std::optional<Token>());
        const auto kept = wait(store.write(u"a"_qs, Token("secret")));
        QVERIFY(kept);
        QCOMPARE(*kept, TokenStore::Kept::UntilExit);
        QCOMPARE(found(store, u"a"_qs), std::optional(Token("secret")));
        QVERIFY(wait(store.remove(u"a"_qs)));
        QCOMPARE(found(store, u"a"_qs), std::optional<Token>());
    }

    void tellsOfALockedKeychainAndStillWorks()
    {
        ScriptedKeychain keychain;
        keychain.mood = ScriptedKeychain::Mood::Refuses;
        TokenStore store(keychain);
        const auto nothing = wait(store.read(u"a"_qs));
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().kind, Error::Kind::Auth);
        const auto kept = wait(store.write(u"a"_qs, Token("secret")));
        QVERIFY(!kept);
        QCOMPARE(found(store, u"a"_qs), std::optional(Token("secret")));
    }

    void movesToTheKeychainWhenItComes()
    {
        ScriptedKeychain keychain;
        keychain.mood = ScriptedKeychain::Mood::Absent;
        TokenStore store(keychain);
        QVERIFY(wait(store.write(u"a"_qs, Token("old"))));
        keychain.mood = ScriptedKeychain::Mood::Works;
        QCOMPARE(found(store, u"a"_qs), std::optional(Token("old")));
        QVERIFY(wait(store.write(u"a"_qs, Token("new"))));
        QCOMPARE(found(store, u"a"_qs), std::optional(Token("new")));
        keychain.mood = ScriptedKeychain::Mood::Absent;
        QCOMPARE(found(store, u"a"_qs), std::optional<Token>()); // no old copy in memory
    }

private:
    template <typename T>
    static T wait(const QFuture<T> &future)
    {
        [&] { QTRY_VERIFY(future.isFinished()); }();
        return future.result();
    }

    static std::optional<Token> found(TokenStore &store, const QString &name)
    {
        const auto result = wait(store.read(name));
        [&] { QVERIFY(result); }();
        return result.value_or(std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestTokenStore)
#include "tst_tokenstore.moc"
