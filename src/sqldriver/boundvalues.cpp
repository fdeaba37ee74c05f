// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqldriver/boundvalues.h"

#include "sqldriver/variants.h"

namespace edgewise::sqldriver {

using namespace Qt::StringLiterals;

namespace {

Error refuseBinding(const QString &detail)
{
    return Error{.kind = Error::Kind::Input, .step = u"binding the arguments"_qs, .detail = detail};
}

} // namespace

void BoundValues::clear()
{
    m_positional.clear();
    m_named.clear();
}

void BoundValues::bind(int index, const QVariant &value)
{
    if (index < 0)
        return;
    if (m_positional.size() <= index)
        m_positional.resize(index + 1);
    m_positional[index] = value;
}

void BoundValues::bind(const QString &placeholder, const QVariant &value)
{
    m_named.insert(placeholder, value);
}

Result<QVariantList> BoundValues::arrange(const SqlText &text, bool byName) const
{
    const int count = text.parameterCount;
    if (byName && text.hasNames()) {
        QVariantList values(count);
        for (const Placeholder &placeholder : text.placeholders) {
            const int i = placeholder.number - 1;
            const auto named = m_named.constFind(placeholder.name);
            if (named != m_named.cend())
                values[i] = *named;
            else if (placeholder.name.isEmpty() && i < m_positional.size())
                values[i] = m_positional[i];
            else
                return refuseBinding(u"Parameter count mismatch: nothing is bound to %1."_qs.arg(
                    placeholder.name.isEmpty() ? u'?' + QString::number(placeholder.number)
                                               : placeholder.name));
        }
        return values;
    }
    if (m_positional.size() == count)
        return m_positional;
    if (m_positional.size() != text.placeholders.size())
        return refuseBinding(u"Parameter count mismatch: %1 wanted, %2 bound."_qs.arg(count).arg(
            m_positional.size()));
    // A value a placeholder, as Qt counts them; of equal names the first one counts.
    QVariantList values(count);
    for (qsizetype i = m_positional.size() - 1; i >= 0; --i)
        values[text.placeholders[i].number - 1] = m_positional[i];
    return values;
}

Result<hrana::Statement> makeStatement(const QString &sql, const SqlText &text,
                                       const QVariantList &values)
{
    QList<hrana::Value> converted;
    converted.reserve(values.size());
    for (const QVariant &variant : values) {
        auto value = toValue(variant);
        if (!value)
            return std::move(value).error();
        converted.append(std::move(*value));
    }
    hrana::Statement statement{.sql = sql, .arguments = {}, .namedArguments = {}};
    if (!text.hasNames()) {
        statement.arguments = std::move(converted);
    } else if (text.hasUnnamed()) { // the protocol takes one kind or the other
        statement.sql = withNumbers(sql, text);
        statement.arguments = std::move(converted);
    } else {
        int sent = 0;
        for (const Placeholder &placeholder : text.placeholders) {
            if (placeholder.number > sent) {
                sent = placeholder.number;
                statement.namedArguments.append({placeholder.name, converted[sent - 1]});
            }
        }
    }
    return statement;
}

} // namespace edgewise::sqldriver
