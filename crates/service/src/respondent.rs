//! A member who is named as respondent: the organisation knows already who they are and where to reach them.

use wederhoor_procedure::{
    Confidential,
    command::Command,
    complaint::{Address, Contact},
};

use crate::{Request, ServiceError};

impl Request {
    /// The command, with the name and address of a member who is named: the notice of a complaint goes to nobody else.
    /// What a complainant wrote of somebody is kept only where the organisation has no address of theirs.
    pub(crate) async fn with_known_contact(
        &self,
        command: Command,
    ) -> Result<Command, ServiceError> {
        let Command::NameRespondent {
            no,
            member: Some(id),
            contact: None,
        } = command
        else {
            return Ok(command);
        };
        self.tenant_id()?;
        let known = self.members_by_ids(&[id]).await?.pop();
        let known = known.filter(|member| no.is_none() || member.email.is_some());
        let contact = known.map(|member| Contact {
            name: Confidential::new(member.name),
            address: member.email.map_or(Address::Unknown, |email| {
                Address::Email(Confidential::new(email))
            }),
            telephone: None,
            locale: member.locale,
        });
        Ok(Command::NameRespondent {
            no,
            member: Some(id),
            contact,
        })
    }
}
