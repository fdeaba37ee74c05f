// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>
#include <hrana/statement.h>
#include <sqldriver/sqltext.h>

#include <QHash>
#include <QVariantList>

namespace edgewise::sqldriver {

/// What a query has bound, by position or by name, and which parameter each value belongs to.
class BoundValues {
public:
    void clear();
    void bind(int index, const QVariant &value);
    /// `placeholder` with its prefix.
    void bind(const QString &placeholder, const QVariant &value);

    /// A value a parameter, by number. `byName`: how the values were bound. Input names a
    /// placeholder that nothing is bound to.
    Result<QVariantList> arrange(const SqlText &text, bool byName) const;

private:
    QVariantList m_positional;
    QHash<QString, QVariant> m_named;
};

/// The statement with these values, one a parameter of `text`. Input for a value that cannot be
/// stored.
Result<hrana::Statement> makeStatement(const QString &sql, const SqlText &text,
                                       const QVariantList &values);

} // namespace edgewise::sqldriver
