"""What roles are called, and what each may do, in a sentence."""

from bodymap.chart.people import Role

ROLE_WORDS = {
    Role.THERAPIST: "Therapist",
    Role.TRAINEE: "Trainee",
    Role.SUPERVISOR: "Supervisor",
    Role.CLERK: "Clerk",
    Role.ADMIN: "Administrator",
    Role.AUDITOR: "Auditor",
}

ROLE_TIPS = {
    Role.THERAPIST: "Charts and signs their own visits, and reads all charts.",
    Role.TRAINEE: "Charts visits and submits them to a supervisor, who co-signs.",
    Role.SUPERVISOR: "As a therapist, and reviews the visits of their trainees.",
    Role.CLERK: "Keeps patients, reads and prints charts; changes none.",
    Role.ADMIN: "Keeps users and backups; opens no chart unless therapist as well.",
    Role.AUDITOR: "Reads the audit trail; opens no chart.",
}
