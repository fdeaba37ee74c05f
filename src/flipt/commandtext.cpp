// SPDX-License-Identifier: GPL-3.0-or-later
#include "flipt/commandtext.h"

#include <QUrl>

#include <algorithm>

namespace edgewise::flipt {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView tokenVariable("\"$FLIPT_TOKEN\"");

bool isPlain(QChar c)
{
    const char16_t code = c.unicode();
    return (code >= u'a' && code <= u'z') || (code >= u'A' && code <= u'Z')
           || (code >= u'0' && code <= u'9') || QStringView(u"_-./:@%+,=").contains(c);
}

QString withoutSlash(const QUrl &base)
{
    QString text = base.toString(QUrl::FullyEncoded);
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

QString namespaceOf(const Request &request)
{
    return request.nameSpace.isEmpty() ? u"default"_qs : request.nameSpace.text();
}

} // namespace

QString shellWord(const QString &text)
{
    if (!text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    QString quoted = text;
    quoted.replace(u'\'', u"'\\''"_qs);
    return u'\'' + quoted + u'\'';
}

QString curlCommand(const QUrl &base, const Request &request, FlagKind kind, bool needsToken)
{
    const QString path =
        kind == FlagKind::Boolean ? u"/evaluate/v1/boolean"_qs : u"/evaluate/v1/variant"_qs;
    QStringList words{u"curl"_qs,     u"--request"_qs,
                      u"POST"_qs,     shellWord(withoutSlash(base) + path),
                      u"--header"_qs, shellWord(u"Content-Type: application/json"_qs)};
    if (needsToken) // in double quotes, so that the shell puts it in
        words << u"--header"_qs << u"\"Authorization: Bearer $FLIPT_TOKEN\""_qs;
    words << u"--data-raw"_qs << shellWord(QString::fromUtf8(requestBody(request)));
    return words.join(u' ');
}

Result<QString> evaluateCommand(const QUrl &base, const Request &request, bool needsToken)
{
    // Values are joined to their options: one that begins with a hyphen stays a value.
    QStringList words{u"flipt"_qs, u"evaluate"_qs, shellWord(u"--address="_qs + withoutSlash(base)),
                      shellWord(u"--namespace="_qs + namespaceOf(request)),
                      shellWord(u"--entity-id="_qs + request.entity)};
    for (auto each = request.context.cbegin(); each != request.context.cend(); ++each) {
        if (each.key().contains(u'='))
            return Error{.kind = Error::Kind::Input,
                         .step = u"writing a command for flipt evaluate"_qs,
                         .detail = u"the name of property \"%1\" holds \"=\""_qs.arg(each.key())};
        words << shellWord(u"--context="_qs + each.key() + u'=' + each.value());
    }
    if (needsToken)
        words << u"--token="_qs + tokenVariable;
    words << u"--"_qs << shellWord(request.flag.text());
    return words.join(u' ');
}

} // namespace edgewise::flipt
