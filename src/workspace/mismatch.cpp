// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/mismatch.h"

#include <flipt/statetag.h>
#include <replication/judge.h>

namespace edgewise::workspace {

using namespace Qt::StringLiterals;

namespace {

/// The release of Flipt whose rules the engine follows.
constexpr QStringView modelledVersion = u"1.61";

bool isModelled(QStringView version)
{
    if (version.startsWith(u'v'))
        version = version.mid(1);
    return version.isEmpty() || version == u"dev" || version == modelledVersion
           || version.startsWith(QString(modelledVersion + u'.'));
}

} // namespace

QString mismatchCauseName(MismatchCause cause)
{
    switch (cause) {
    case MismatchCause::Lag:
        return u"lag"_qs;
    case MismatchCause::Cache:
        return u"cache"_qs;
    case MismatchCause::VersionRule:
        return u"version-rule"_qs;
    case MismatchCause::Engine:
        return u"engine"_qs;
    }
    Q_UNREACHABLE();
}

MismatchExplanation explainMismatch(const MismatchEvidence &evidence)
{
    const auto &[enabled, lifetimeNanoseconds] = evidence.cache;
    if (evidence.atNode && !sameReply(*evidence.atNode, evidence.engine)
        && sameReply(*evidence.atNode, evidence.answer))
        return {MismatchCause::Lag,
                u"its database holds an older state, by which the engine here answers the same"_qs};
    const QString lifetime = replication::durationInWords(lifetimeNanoseconds);
    bool isYoung = false;
    for (const MismatchEvidence::Space &space : evidence.spaces) {
        if (!space.stamp)
            continue;
        isYoung = isYoung || evidence.wallNow - *space.stamp < lifetimeNanoseconds;
        if (space.tag.isEmpty() || flipt::stateTags(*space.stamp).contains(space.tag))
            continue;
        if (enabled)
            return {MismatchCause::Cache,
                    u"it answers by another state of namespace %1, and keeps what it has read for "
                    u"up to %2"_qs.arg(space.key, lifetime)};
        return {MismatchCause::Lag,
                u"it answers by another state of namespace %1"_qs.arg(space.key)};
    }
    if (enabled && isYoung)
        return {
            MismatchCause::Cache,
            u"the namespace has changed within the %1 for which it keeps what it has read"_qs.arg(
                lifetime)};
    if (!isModelled(evidence.version))
        return {MismatchCause::VersionRule, u"it is Flipt %1; the engine here follows %2"_qs.arg(
                                                evidence.version, modelledVersion)};
    return {MismatchCause::Engine, u"it has the same state and follows the same version"_qs};
}

} // namespace edgewise::workspace
