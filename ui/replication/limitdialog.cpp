// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/limitdialog.h>
#include <theme/tokens.h>

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

LimitDialog::LimitDialog(const QString &node, std::optional<qint64> nanoseconds, QWidget *parent)
    : QDialog(parent), m_seconds(new QDoubleSpinBox(this))
{
    setObjectName(u"limitDialog"_qs);
    setWindowTitle(tr("Limit of the lag"));
    m_seconds->setObjectName(u"limitSeconds"_qs);
    m_seconds->setAccessibleName(tr("Limit in seconds"));
    m_seconds->setRange(0, 86400);
    m_seconds->setDecimals(1);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setSpecialValueText(tr("no limit"));
    m_seconds->setValue(double(nanoseconds.value_or(0)) / 1e9);
    auto *label = new QLabel(tr("&Warn when %1 is behind by more than").arg(node), this);
    label->setBuddy(m_seconds);
    label->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setObjectName(u"limitSet"_qs);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Set limit"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(around, around, around, around);
    column->setSpacing(between);
    column->addWidget(label);
    column->addWidget(m_seconds);
    column->addWidget(buttons);
    m_seconds->setFocus();
    m_seconds->selectAll();
}

std::optional<qint64> LimitDialog::limit() const
{
    return m_seconds->value() > 0 ? std::optional(qint64(m_seconds->value() * 1e9)) : std::nullopt;
}

} // namespace edgewise::replicationpage
