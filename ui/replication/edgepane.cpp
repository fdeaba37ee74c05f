// SPDX-License-Identifier: GPL-3.0-or-later
#include <replication/edgepane.h>
#include <replication/judge.h>
#include <theme/appearance.h>
#include <widgets/busyindicator.h>

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QStandardItemModel>
#include <QTableView>

namespace edgewise::replicationpage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;
using workspace::LatencyFigures;

namespace {

constexpr double farthestMilliseconds = 200;
constexpr int sliderSteps = 10; // a millisecond

double millisecondsOf(qint64 nanoseconds)
{
    return double(nanoseconds) / 1e6;
}

QString inWords(double milliseconds)
{
    return replication::durationInWords(qint64(milliseconds * 1e6));
}

} // namespace

EdgePane::EdgePane(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_button(new QPushButton(tr("&Measure"), this)),
      m_busy(new widgets::BusyIndicator(appearance, this)), m_slider(new QSlider(Qt::Horizontal)),
      m_distance(new QDoubleSpinBox), m_sentence(new QLabel),
      m_figures(new QStandardItemModel(this)), m_table(new QTableView(this))
{
    setObjectName(u"edgePane"_qs);
    m_button->setObjectName(u"edgeMeasure"_qs);
    m_slider->setObjectName(u"edgeSlider"_qs);
    m_slider->setAccessibleName(tr("Round trip to the RDBMS"));
    m_slider->setRange(0, int(farthestMilliseconds) * sliderSteps);
    m_distance->setObjectName(u"edgeDistance"_qs);
    m_distance->setAccessibleName(tr("Round trip to the RDBMS in milliseconds"));
    m_distance->setRange(0, farthestMilliseconds);
    m_distance->setDecimals(1);
    m_distance->setSuffix(tr(" ms"));
    m_distance->setValue(10);
    m_slider->setValue(10 * sliderSteps);
    m_sentence->setObjectName(u"edgeSentence"_qs);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_table->setObjectName(u"edgeFigures"_qs);
    m_table->setAccessibleName(tr("Time of an evaluation"));
    m_table->setModel(m_figures);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(compactRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto *label = new QLabel(tr("&Round trip from a Flipt to its RDBMS"));
    label->setBuddy(m_distance);
    auto *line = new QHBoxLayout;
    line->setSpacing(inside);
    line->addWidget(m_button);
    line->addWidget(m_busy);
    line->addStretch();
    line->addWidget(label);
    line->addWidget(m_slider);
    line->addWidget(m_distance);
    m_slider->setMinimumWidth(120);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(inside);
    column->addLayout(line);
    column->addWidget(m_sentence);
    column->addWidget(m_table, 1);
    connect(m_button, &QPushButton::clicked, this, &EdgePane::measure);
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { m_distance->setValue(double(value) / sliderSteps); });
    connect(m_distance, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        const QSignalBlocker quiet(m_slider);
        m_slider->setValue(qRound(value * sliderSteps));
        conclude();
    });
    conclude();
}

EdgePane::~EdgePane() = default;

void EdgePane::setMake(Make make)
{
    m_make = std::move(make);
    m_button->setEnabled(bool(m_make));
}

void EdgePane::measure()
{
    if (!m_make || (m_measure && !m_isDone))
        return;
    m_isDone = false;
    m_measure = m_make();
    connect(m_measure.get(), &workspace::EdgeMeasure::finished, this, &EdgePane::showFigures);
    if (!m_measure->start()) {
        m_measure.reset();
        m_sentence->setText(tr("There is no flag to evaluate yet."));
        return;
    }
    m_button->setEnabled(false);
    m_busy->start(tr("Evaluating %1").arg(m_measure->flagKey()));
}

void EdgePane::showFigures()
{
    m_isDone = true;
    m_button->setEnabled(true);
    m_busy->stop();
    m_figures->clear();
    m_figures->setHorizontalHeaderLabels(
        {tr("Evaluated by"), tr("p50"), tr("p99"), tr("Times"), tr("Faster than an RDBMS beyond")});
    const auto add = [this](const LatencyFigures &figures, bool isFlipt) {
        QStringList cells{figures.name};
        if (figures.failure)
            cells += {u"—"_qs, u"—"_qs, u"0"_qs, figures.failure->detail};
        else
            cells += {inWords(millisecondsOf(figures.median)),
                      inWords(millisecondsOf(figures.worst)), QString::number(figures.count),
                      isFlipt ? tr("%1 of round trip")
                                    .arg(inWords(m_measure->model().breakEven(
                                        millisecondsOf(figures.median))))
                              : QString()};
        QList<QStandardItem *> row;
        for (const QString &cell : std::as_const(cells))
            row.append(new QStandardItem(cell));
        m_figures->appendRow(row);
    };
    for (const LatencyFigures &figures : m_measure->flipts())
        add(figures, true);
    add(m_measure->engine(), false);
    m_table->resizeColumnsToContents();
    conclude();
}

void EdgePane::conclude()
{
    const double distance = m_distance->value();
    const workspace::RdbmsModel model =
        m_measure && m_isDone ? m_measure->model() : workspace::variantOnRdbms;
    const double rdbms = model.milliseconds(distance);
    QString text = tr("A Flipt whose RDBMS is %1 away takes about %2 for an evaluation.")
                       .arg(inWords(distance), inWords(rdbms));
    if (m_measure && m_isDone) {
        const LatencyFigures *best = nullptr;
        for (const LatencyFigures &figures : m_measure->flipts()) {
            if (!figures.failure && (!best || figures.median < best->median))
                best = &figures;
        }
        if (!best) {
            text += u' ' + tr("No Flipt in front of these nodes answered.");
        } else {
            const double edge = millisecondsOf(best->median);
            text += u' '
                    + (edge < rdbms
                           ? tr("%1 takes %2 here: %3 times as fast.")
                                 .arg(best->name, inWords(edge),
                                      QLocale().toString(rdbms / edge, 'f', 1))
                           : tr("%1 takes %2 here: the RDBMS is faster up to %3.")
                                 .arg(best->name, inWords(edge), inWords(model.breakEven(edge))));
        }
    } else {
        text += u' ' + tr("Measure to see what it takes here.");
    }
    m_sentence->setText(text);
}

} // namespace edgewise::replicationpage
